package digitalwallet.ledger.posting;

/** A batch whose COMMIT got no answer. */
public final class InDoubtBatch {

    private final BlockHead previous;
    private final BlockHead head;

    InDoubtBatch(BlockHead previous, BlockHead head) {
        this.previous = previous;
        this.head = head;
    }

    BlockHead previous() {
        return previous;
    }

    BlockHead head() {
        return head;
    }
}
