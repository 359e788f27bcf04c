package dev.ratelab.run;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * How a row was made.
 *
 * @param fitMillis wall time of the fit, milliseconds
 * @param host machine that made the fit
 * @param codeVersion version of the code
 * @param studyHash hash of what decides the results of the study
 */
public record Provenance(double fitMillis, String host, String codeVersion, String studyHash) implements Serializable {
    private static final String HOST = hostName();
    /** This machine and this code. */
    static Provenance here(double fitMillis, String studyHash) {
        return new Provenance(fitMillis, HOST, CodeVersion.current(), studyHash);
    }

    /** The name of this machine; {@code unknown} if it cannot be resolved. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
