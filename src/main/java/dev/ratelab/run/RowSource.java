package dev.ratelab.run;

import dev.ratelab.data.GeneratedRows;
import dev.ratelab.data.Generator;
import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.study.Limits;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;

/** Where the data sets of fits are. Results have the same bits wherever they are. */
public interface RowSource {

    /**
     * The data set of one fit: the same for every setting with the same truth at the sample size.
     *
     * @param sampleSize number of observations n, at least 1
     * @param seed seed number, at least 1
     */
    Rows rows(Setting setting, int sampleSize, int seed);

    /**
     * Data sets of this machine: in memory up to the rows that the {@linkplain Limits#rowsInMemory study allows}, larger ones made
     * anew for each pass but for so many of their first rows.
     */
    static RowSource local(Study study) {
        return (setting, sampleSize, seed) -> study.exceedsMemory(sampleSize)
                ? generated(study, setting, sampleSize, seed, study.limits().rowsInMemory())
                : sample(study, setting, sampleSize, seed);
    }

    /**
     * The data set of a fit that is made anew for each pass.
     *
     * @param keptRows how many of the first rows may be kept, at least 0
     */
    static GeneratedRows generated(Study study, Setting setting, int sampleSize, int seed, int keptRows) {
        Truth truth = study.truth(setting, sampleSize);
        return GeneratedRows.of(truth, sampleSize, study.dataKey(truth, sampleSize, seed), keptRows);
    }

    /**
     * The data set of one fit in memory: the same for every setting with the same truth at the sample size.
     *
     * @param sampleSize number of observations n, at least 1
     * @param seed seed number, at least 1
     */
    static Sample sample(Study study, Setting setting, int sampleSize, int seed) {
        Truth truth = study.truth(setting, sampleSize);
        String key = study.dataKey(truth, sampleSize, seed);
        return study.grid().nodes().isPresent()
                ? Generator.quadrature(truth, sampleSize, study.grid().nodes().getAsInt(), key)
                : Generator.generate(truth, sampleSize, key);
    }
}
