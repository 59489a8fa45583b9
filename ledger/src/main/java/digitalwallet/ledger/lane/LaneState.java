package digitalwallet.ledger.lane;

/** What a lane is doing. */
enum LaneState {
    /** It has no session, or no claim yet. */
    CONNECTING,
    /** It takes commands. */
    SERVING,
    /** It has ended. */
    STOPPED
}
