package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvColumnsTest {

    private static double[][] read(String text, String... names) {
        return CsvColumns.read(new StringReader(text), "text", List.of(names), 5000);
    }

    @Test
    void columns_are_read_by_name_or_all_in_order() {
        assertThat(read("a, b\n1,2\n\n-3,4e1\n", "b", "a")).isDeepEqualTo(new double[][] {{2, 40}, {1, -3}});
        assertThat(read("\uFEFFa,b\n1,2\n")).isDeepEqualTo(new double[][] {{1}, {2}});
        assertThat(read("x\n" + "7\n".repeat(3000))[0]).hasSize(3000).containsOnly(7);
    }

    @Test
    void what_is_not_a_table_of_numbers_is_refused() {
        assertThatThrownBy(() -> read("a\nNaN\n"))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("a = 'NaN'");
        assertThatThrownBy(() -> read("a,b\n1\n")).hasMessage("text:2: the row has 1 fields, the header 2");
        assertThatThrownBy(() -> read("a,b\n")).hasMessage("text has a header but no rows");
        assertThatThrownBy(() -> read("a,b\n1,2\n", "c")).hasMessage("text has no column 'c'; it has a, b");
        assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessage("text has two columns 'a'");
        assertThatThrownBy(() -> read("a,b\n" + "1,2\n".repeat(2501)))
                .hasMessage(
                        "text:2502: there are more than 5000 numbers, the most that may be read; name fewer columns,"
                                + " or leave out rows");
        assertThatThrownBy(() -> read("a".repeat(1_000_000)))
                .hasMessage("text does not begin with a line of column names: the first line has 1000000 characters or"
                        + " more");
        assertThatThrownBy(() -> read("a,\"b\"c\n1,2\n")).hasMessageStartingWith("data file text cannot be read: ");
    }
}
