package dev.ratelab.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Choices of atoms. */
final class Subsets {
    /** More choices are not looked at: those with the lowest atoms come first. */
    static final int MOST = 100;

    private Subsets() {}

    /**
     * All choices of {@code size} out of {@code count} atoms in lexicographic order, at most {@value #MOST}.
     *
     * @param count number of atoms, at least 1
     * @param size how many are chosen, at least 1; all if it exceeds the count
     */
    static List<int[]> of(int count, int size) {
        int chosen = Math.min(count, size);
        List<int[]> all = new ArrayList<>();
        int[] current = new int[chosen];
        Arrays.setAll(current, i -> i);
        while (all.size() < MOST) {
            all.add(current.clone());
            int last = chosen - 1;
            while (last >= 0 && current[last] == count - chosen + last) {
                last--;
            }
            if (last < 0) {
                break;
            }
            current[last]++;
            for (int i = last + 1; i < chosen; i++) {
                current[i] = current[i - 1] + 1;
            }
        }
        return all;
    }
}
