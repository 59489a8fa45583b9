package digitalwallet.kafka;

import net.jpountz.lz4.LZ4Factory;

/**
 * The clients compress and decompress with LZ4, whose library takes its C code by itself only when
 * the system's class loader loaded it. A packaged process has a loader of its own and would be left
 * with the Java code: a third as fast to compress and an eighth to decompress. Once the C code was
 * asked for, the library takes it everywhere.
 */
final class NativeLz4 {

    private static final boolean LOADED = isLoaded();

    private NativeLz4() {}

    /** Loads it, the first time; a machine that has no place or no code for it goes on without. */
    static boolean load() {
        return LOADED;
    }

    private static boolean isLoaded() {
        try {
            return LZ4Factory.nativeInstance() != null;
        } catch (LinkageError | AssertionError | RuntimeException _) {
            return false;
        }
    }
}
