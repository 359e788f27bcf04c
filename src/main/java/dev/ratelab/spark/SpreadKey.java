package dev.ratelab.spark;

import dev.ratelab.data.GeneratedRows;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.RowSource;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The data set of a fit as it travels: coordinates, from which an executor rebuilds what it needs.
 *
 * @param studyText the resolved study
 * @param fit coordinates of the fit
 */
record SpreadKey(Broadcast<String> studyText, FitKey fit) implements Serializable {
    private static String cachedText;
    private static FitKey cachedFit;
    private static GeneratedRows cachedRows;

    /** The data set, none of whose rows is kept here. It is rebuilt once in a JVM: all passes of a fit ask for the same one. */
    GeneratedRows rows() {
        return rows(studyText.value(), fit);
    }

    private static synchronized GeneratedRows rows(String text, FitKey fit) {
        if (!text.equals(cachedText) || !fit.equals(cachedFit)) {
            Study study = StudyParser.standard().parse(text, "the study that the driver sent", List.of());
            cachedRows = of(study, fit);
            cachedText = text;
            cachedFit = fit;
        }
        return cachedRows;
    }

    private static GeneratedRows of(Study study, FitKey fit) {
        for (Setting setting : study.settings()) {
            if (setting.id().equals(fit.setting())) {
                return RowSource.generated(study, setting, fit.sampleSize(), fit.seed(), 0);
            }
        }
        throw new IllegalArgumentException("the study has no setting '" + fit.setting() + "'");
    }
}
