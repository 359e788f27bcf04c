package dev.ratelab.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Streams by name. */
public final class Streams {
    private static final byte SEPARATOR = 0;

    private Streams() {}

    /**
     * The stream of a purpose under a key. Its Philox key is the first 128 bits (two big-endian words) of SHA-256 of
     * the UTF-8 bytes of the purpose, a zero byte and the UTF-8 bytes of the key. Different (key, purpose) pairs give
     * independent streams.
     *
     * @param key canonical text of what the numbers belong to, such as truth, sample size and seed
     * @param purpose what the numbers are for, such as {@code noise}; without a zero character
     * @throws IllegalArgumentException if the purpose holds a zero character
     */
    public static Stream of(String key, String purpose) {
        if (purpose.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("the purpose of a stream must not hold a zero character");
        }
        MessageDigest digest = sha256();
        digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        return new Stream(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
