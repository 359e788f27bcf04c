package dev.ratelab.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhiloxTest {

    /** Lines of the reference file that start with a word, split at blanks. */
    static List<String[]> reference(String word) throws IOException {
        try (InputStream in = PhiloxTest.class.getResourceAsStream("/reference/random.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.split(" "))
                    .toList();
        }
    }

    @Test
    void blocks_are_those_of_random123_and_numpy() throws IOException {
        List<String[]> rows = reference("philox");
        assertThat(rows).hasSize(23);
        for (String[] row : rows) {
            long[] in = new long[6];
            for (int w = 0; w < 6; w++) {
                in[w] = Long.parseUnsignedLong(row[1 + w], 16);
            }
            long[] block = new long[Philox.WORDS];
            Philox.block(in[4], in[5], in[0], in[1], in[2], in[3], block);
            for (int w = 0; w < Philox.WORDS; w++) {
                assertThat(block[w]).isEqualTo(Long.parseUnsignedLong(row[7 + w], 16));
            }
        }
    }

    @Test
    void the_high_product_is_unsigned() {
        long[] values = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xD2E7470EE14C6C93L, 42};
        for (long a : values) {
            for (long b : values) {
                BigInteger product =
                        new BigInteger(Long.toUnsignedString(a)).multiply(new BigInteger(Long.toUnsignedString(b)));
                assertThat(Philox.unsignedMultiplyHigh(a, b))
                        .isEqualTo(product.shiftRight(64).longValue());
            }
        }
    }
}
