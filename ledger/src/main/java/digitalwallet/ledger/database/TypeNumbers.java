package digitalwallet.ledger.database;

import digitalwallet.ledger.TransactionType;
import java.util.regex.Pattern;

/**
 * Types of transactions in SQL: written by name, sent as the number that the books store. As part
 * of the text and not as a parameter, because an index of some types only is used where the
 * statement itself says which type it wants.
 */
public final class TypeNumbers {

    private static final Pattern NAME = Pattern.compile("\\{([A-Z_]+)}");

    private TypeNumbers() {}

    /**
     * The statement with a type's number for each name in braces, such as {@code {PURCHASE}}.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    public static String in(String sql) {
        return NAME.matcher(sql)
                .replaceAll(
                        name -> Integer.toString(TransactionType.valueOf(name.group(1)).number()));
    }
}
