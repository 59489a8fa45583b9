package digitalwallet.ledger.scenario;

import java.util.List;

/** The words of one line of a scenario, read from left to right. */
final class Words {

    private final List<String> words;
    private int next;

    Words(String line) {
        this.words = List.of(line.strip().split("\\s+", -1));
    }

    boolean isEmpty() {
        return next == words.size();
    }

    String next() {
        if (isEmpty()) {
            throw new IllegalArgumentException("a word is missing at the end");
        }
        return words.get(next++);
    }

    /** Steps over this word if it comes next. */
    boolean skip(String word) {
        boolean found = !isEmpty() && words.get(next).equals(word);
        next += found ? 1 : 0;
        return found;
    }

    void expect(String word) {
        if (!skip(word)) {
            throw new IllegalArgumentException("expected the word '" + word + "'");
        }
    }

    /** Whether three capital letters come next: a currency. */
    boolean currencyIsNext() {
        return !isEmpty() && words.get(next).matches("[A-Z]{3}");
    }

    void end() {
        if (!isEmpty()) {
            throw new IllegalArgumentException("do not understand '" + words.get(next) + "'");
        }
    }
}
