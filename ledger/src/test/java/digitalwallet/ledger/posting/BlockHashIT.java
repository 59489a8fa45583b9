package digitalwallet.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** The encoding of rows in docs/concepts/journal.md, against PostgreSQL and by hand. */
final class BlockHashIT {

    private static final int SIGNATURE = 19;
    private static final int TRAILER = 2;

    private static final UUID ID = UUID.fromString("0192f0c1-2233-7445-8667-8899aabbccdd");

    // What journal.md says, byte by byte.
    private static final String VECTOR =
            "000e"
                    + "00000010"
                    + "0192f0c12233744586678899aabbccdd"
                    + "00000008"
                    + "fffffffffffffffe"
                    + "00000004"
                    + "00000003"
                    + "00000002"
                    + "0004"
                    + "00000004"
                    + "c3a4c39f"
                    + "00000003"
                    + "00ff01"
                    + "00000008"
                    + "00030f4f602967c9"
                    + "ffffffff"
                    + "00000028"
                    + "00000001"
                    + "00000000"
                    + "00000b86"
                    + "00000001"
                    + "00000001"
                    + "00000010"
                    + "0192f0c12233744586678899aabbccdd"
                    + "00000020"
                    + "00000001"
                    + "00000000"
                    + "00000014"
                    + "00000001"
                    + "00000001"
                    + "00000008"
                    + "0000000000000007"
                    + "0000001c"
                    + "00000001"
                    + "00000000"
                    + "00000017"
                    + "00000001"
                    + "00000001"
                    + "00000004"
                    + "00000008"
                    + "0000001a"
                    + "00000001"
                    + "00000000"
                    + "00000015"
                    + "00000001"
                    + "00000001"
                    + "00000002"
                    + "0009"
                    + "0000001b"
                    + "00000001"
                    + "00000000"
                    + "00000019"
                    + "00000001"
                    + "00000001"
                    + "00000003"
                    + "555344"
                    + "0000000c"
                    + "00000000"
                    + "00000000"
                    + "00000019";
    private static final String SAME_ROW =
            """
            COPY (SELECT '0192f0c1-2233-7445-8667-8899aabbccdd'::uuid, -2::bigint, 3::integer,
                         4::smallint, 'äß'::text, '\\x00ff01'::bytea,
                         '2027-04-17 06:28:40.291273+00'::timestamptz, NULL::text,
                         ARRAY['0192f0c1-2233-7445-8667-8899aabbccdd'::uuid], ARRAY[7::bigint],
                         ARRAY[8::integer], ARRAY[9::smallint], ARRAY['USD'::text], '{}'::text[])
            TO STDOUT (FORMAT binary)\
            """;

    private static byte[] written() {
        var rows = new CopyRows(8);
        rows.row(14);
        rows.uuid(ID);
        rows.int8(-2);
        rows.int4(3);
        rows.int2(4);
        rows.text("äß");
        rows.bytes(new byte[] {0, -1, 1});
        rows.time(Instant.parse("2027-04-17T06:28:40.291273Z"));
        rows.text(null);
        rows.uuids(List.of(ID));
        rows.int8s(new long[] {7});
        rows.int4s(new int[] {8});
        rows.int2s(new int[] {9});
        rows.texts(List.of("USD"));
        rows.texts(List.of());
        var recorded = new Recorder();
        rows.hashInto(recorded);
        return recorded.bytes.toByteArray();
    }

    @Test
    void rows_are_written_as_documented() {
        assertThat(HexFormat.of().formatHex(written())).isEqualTo(VECTOR);
    }

    @ParameterizedTest
    @EnumSource
    void rows_are_written_as_postgresql_sends_them(PostgresVersion version) throws Exception {
        var books = EngineFixture.books(version);
        var sent = new ByteArrayOutputStream();
        try (var connection = books.dataSource().getConnection()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(SAME_ROW, sent);
        }
        var row = Arrays.copyOfRange(sent.toByteArray(), SIGNATURE, sent.size() - TRAILER);
        assertThat(written()).isEqualTo(row);
    }

    @Test
    void an_empty_block_has_the_hash_of_its_own_row() {
        var block =
                LaneJournal.emptyBlock(
                        BlockHead.genesis(7),
                        Instant.parse("2000-01-01T00:00:01Z"),
                        EngineFixture.DIGEST_KEY);
        var row =
                "000d"
                        + "00000004"
                        + "00000007"
                        + "00000008"
                        + "0000000000000001"
                        + "00000002"
                        + "0001"
                        + "00000020"
                        + "00".repeat(32)
                        + "0000000400000000".repeat(4)
                        + "0000000c"
                        + "00000000"
                        + "00000000"
                        + "00000015"
                        + "0000000c"
                        + "00000000"
                        + "00000000"
                        + "00000019"
                        + "0000000c"
                        + "00000000"
                        + "00000000"
                        + "00000017"
                        + "0000000c"
                        + "00000000"
                        + "00000000"
                        + "00000014"
                        + "00000008"
                        + "00000000000f4240";
        assertThat(block.head().hash())
                .isEqualTo(Digest.sha256().digest(HexFormat.of().parseHex(row)));
        assertThat(block.head().height()).isOne();
    }

    /** Keeps what is to be hashed. */
    private static final class Recorder extends MessageDigest {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Recorder() {
            super("none");
        }

        @Override
        protected void engineUpdate(byte input) {
            bytes.write(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            bytes.write(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return bytes.toByteArray();
        }

        @Override
        protected void engineReset() {
            bytes.reset();
        }
    }
}
