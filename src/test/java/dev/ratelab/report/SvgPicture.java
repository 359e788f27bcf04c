package dev.ratelab.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An SVG read back. */
final class SvgPicture {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

    private final Document document;

    /** A place in units of the picture. */
    record Place(double x, double y) {}

    SvgPicture(byte[] svg) {
        try {
            document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(new String(svg, StandardCharsets.UTF_8), e);
        }
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    /** Centres of the filled marks of a colour in the main panel, in the order of drawing. */
    List<Place> marks(String fill) {
        List<Place> centres = new ArrayList<>();
        for (Element path : elements("path")) {
            if (inMainPanel(path)
                    && style(path, "fill").equals(fill)
                    && style(path, "stroke").equals("none")
                    && style(path, "fill-opacity").equals("1")) {
                centres.add(centre(numbers(path.getAttribute("d"))));
            }
        }
        return centres;
    }

    /** Numbers of the paths without filling of a colour and a dash pattern in the main panel. */
    List<List<Double>> lines(String stroke, String dashes) {
        return elements("path").stream()
                .filter(path -> inMainPanel(path)
                        && style(path, "fill").equals("none")
                        && style(path, "stroke").equals(stroke)
                        && style(path, "stroke-dasharray").equals(dashes)
                        && !path.getAttribute("d").endsWith("Z"))
                .map(path -> numbers(path.getAttribute("d")))
                .toList();
    }

    /** Numbers of the translucent paths in the main panel. */
    List<List<Double>> bands() {
        return elements("path").stream()
                .filter(path ->
                        inMainPanel(path) && !style(path, "fill-opacity").equals("1"))
                .map(path -> numbers(path.getAttribute("d")))
                .toList();
    }

    /** Places of the vertical grid lines of the main panel. */
    List<Double> verticals() {
        return elements("line").stream()
                .filter(line -> inMainPanel(line)
                        && style(line, "stroke").equals("rgb(228,228,228)")
                        && line.getAttribute("x1").equals(line.getAttribute("x2")))
                .map(line -> Double.valueOf(line.getAttribute("x1")))
                .toList();
    }

    /** Vertical error bars of a colour in the main panel, as lengths. */
    List<Double> bars(String stroke) {
        return elements("line").stream()
                .filter(line -> inMainPanel(line)
                        && style(line, "stroke").equals(stroke)
                        && line.getAttribute("x1").equals(line.getAttribute("x2")))
                .map(line -> Math.abs(
                        Double.parseDouble(line.getAttribute("y1")) - Double.parseDouble(line.getAttribute("y2"))))
                .toList();
    }

    private List<Element> elements(String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** What is drawn inside the axes is clipped by a path that is not the whole picture; the first such one is the main panel's. */
    private boolean inMainPanel(Element element) {
        String main = elements("line").stream()
                .filter(line -> style(line, "stroke").equals("rgb(228,228,228)"))
                .map(line -> style(line, "clip-path"))
                .findFirst()
                .orElseThrow();
        return style(element, "clip-path").equals(main);
    }

    /** A property of the style, inherited from the groups around. */
    private static String style(Element element, String property) {
        Matcher matcher = Pattern.compile("(?:^|[; ])" + property + ":([^;]*);").matcher(element.getAttribute("style"));
        if (matcher.find()) {
            return matcher.group(1);
        }
        Node parent = element.getParentNode();
        return parent instanceof Element group ? style(group, property) : "";
    }

    private static List<Double> numbers(String path) {
        return NUMBER.matcher(path)
                .results()
                .map(found -> Double.valueOf(found.group()))
                .toList();
    }

    private static Place centre(List<Double> numbers) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {0, 0};
        for (int i = 0; i < numbers.size(); i++) {
            low[i % 2] = Math.min(low[i % 2], numbers.get(i));
            high[i % 2] = Math.max(high[i % 2], numbers.get(i));
        }
        return new Place((low[0] + high[0]) / 2, (low[1] + high[1]) / 2);
    }
}
