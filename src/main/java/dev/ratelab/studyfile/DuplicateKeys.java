package dev.ratelab.studyfile;

import dev.ratelab.study.StudyException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds keys that one text sets twice. HOCON lets the last one win, silently; here that is refused. Blocks may be
 * written in parts. The scanner expects a text that has been parsed as HOCON already.
 */
final class DuplicateKeys {
    private final String text;
    private final String originName;
    private final Map<String, Use> uses = new HashMap<>();
    private int position;

    /**
     * One use of a key.
     *
     * @param block whether its value is a block, or the key is the beginning of a longer one
     * @param open whether more may be set inside the value: it is a block, or a reference to what may be one
     */
    private record Use(boolean block, boolean open, int line) {}

    private DuplicateKeys(String text, String originName) {
        this.text = text;
        this.originName = originName;
    }

    /**
     * Refuses a text that sets a key twice.
     *
     * @throws StudyException naming the key and both lines
     */
    static void refuse(String text, String originName) {
        DuplicateKeys scanner = new DuplicateKeys(text, originName);
        scanner.skipBlanks();
        if (scanner.at('{')) {
            scanner.position++;
        }
        scanner.body("");
    }

    /** Entries up to the brace that closes the block, or to the end. */
    private void body(String prefix) {
        while (true) {
            skipBlanks();
            if (position >= text.length()) {
                return;
            }
            if (at('}')) {
                position++;
                return;
            }
            int line = line();
            String key = key();
            boolean appends = text.startsWith("+=", position);
            if (appends) {
                position += 2;
            } else if (at('=') || at(':')) {
                position++;
            } else if (!at('{')) {
                continue;
            }
            skipBlanks();
            String path = prefix.isEmpty() ? key : prefix + "." + key;
            boolean block = at('{');
            if (!appends) {
                noteBeginnings(prefix, path, line);
                note(path, new Use(block, block || text.startsWith("${", position), line));
            }
            // Elements that are appended one by one do not set each other's keys.
            value(appends ? path + "[" + position + "]" : path);
        }
    }

    /** Notes {@code a} and {@code a.b}, inside the block {@code prefix}, for the key {@code a.b.c}. */
    private void noteBeginnings(String prefix, String path, int line) {
        int start = prefix.isEmpty() ? 0 : prefix.length() + 1;
        for (int dot = path.indexOf('.', start); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String beginning = path.substring(0, dot);
            Use before = uses.putIfAbsent(beginning, new Use(true, true, line));
            if (before != null && !before.open()) {
                throw twice(beginning, before.line(), line);
            }
        }
    }

    private void note(String path, Use use) {
        Use before = uses.put(path, use);
        if (before != null && !(before.open() && use.block())) {
            throw twice(path, before.line(), use.line());
        }
    }

    private StudyException twice(String path, int first, int second) {
        return new StudyException(path + " is set twice: lines " + first + " and " + second + "; keep one ("
                + originName + ":" + second + ")");
    }

    /** A key up to its separator, without blanks and quotes. */
    private String key() {
        int start = position;
        while (position < text.length() && !at('=') && !at(':') && !at('{') && !at('\n') && !at(',') && !at('}')) {
            if (text.startsWith("+=", position)) {
                break;
            }
            if (at('"')) {
                skipQuoted();
            } else {
                position++;
            }
        }
        return text.substring(start, position).strip().replace("\"", "");
    }

    /** One value with everything that is joined to it on the same line. */
    private void value(String path) {
        while (position < text.length() && !at('\n') && !at(',') && !at('}') && !at(']')) {
            if (at('{')) {
                position++;
                body(path);
            } else if (at('[')) {
                position++;
                elements(path);
            } else if (at('"')) {
                skipQuoted();
            } else if (text.startsWith("${", position)) {
                position = after(text.indexOf('}', position), 1);
            } else if (atComment()) {
                skipLine();
            } else {
                position++;
            }
        }
    }

    private void elements(String path) {
        for (int element = 1; ; element++) {
            skipBlanks();
            if (position >= text.length()) {
                return;
            }
            if (at(']')) {
                position++;
                return;
            }
            int before = position;
            value(path + "[" + element + "]");
            if (position == before) {
                position++;
            }
        }
    }

    private void skipQuoted() {
        if (text.startsWith("\"\"\"", position)) {
            position = after(text.indexOf("\"\"\"", position + 3), 3);
            return;
        }
        position++;
        while (position < text.length() && !at('"')) {
            position += at('\\') ? 2 : 1;
        }
        position++;
    }

    private int after(int index, int length) {
        return index < 0 ? text.length() : index + length;
    }

    private void skipBlanks() {
        while (position < text.length()) {
            if (atComment()) {
                skipLine();
            } else if (at(',') || Character.isWhitespace(text.charAt(position)) || at('\ufeff') || at('\u00a0')) {
                position++;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
    }

    private boolean atComment() {
        return at('#') || text.startsWith("//", position);
    }

    private boolean at(char character) {
        return position < text.length() && text.charAt(position) == character;
    }

    private int line() {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
