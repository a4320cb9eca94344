package dev.stowage.bench;

import java.util.Locale;
import java.util.Map;

/** Draws start times as horizontal bars, cold above warm, one block per JDK. */
final class StartPlot {
  private static final int LEFT = 170;
  private static final int WIDTH = 820;
  private static final int BAR = 9;
  private static final int LINE = 26;
  private static final int TITLE = 34;

  private StartPlot() {}

  /**
   * The plot as SVG.
   *
   * @param figures by JDK and loader: cold and warm, in milliseconds
   */
  static String svg(Map<String, Map<String, double[]>> figures) {
    double most = 1;
    int height = 10;
    for (Map<String, double[]> loaders : figures.values()) {
      height += TITLE + LINE * loaders.size();
      for (double[] millis : loaders.values()) {
        most = Math.max(most, Math.max(millis[0], millis[1]));
      }
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    int y = 0;
    for (Map.Entry<String, Map<String, double[]>> jdk : figures.entrySet()) {
      y += TITLE;
      text(svg, 10, y - 10, jdk.getKey() + ", ms to a loaded core: cold (dark), warm (light)");
      for (Map.Entry<String, double[]> loader : jdk.getValue().entrySet()) {
        text(svg, 10, y + BAR + 4, loader.getKey());
        boolean ours = loader.getKey().startsWith("stowage");
        bar(svg, y, loader.getValue()[0], most, ours ? "#0b6e4f" : "#4a5568");
        bar(svg, y + BAR + 1, loader.getValue()[1], most, ours ? "#7fc8a9" : "#b0b7c3");
        y += LINE;
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder svg, int y, double millis, double most, String colour) {
    double length = millis / most * (WIDTH - LEFT - 70);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LEFT,
            y,
            length,
            BAR,
            colour));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" font-size=\"9\">%.1f</text>%n",
            LEFT + length + 4,
            y + BAR - 1,
            millis));
  }

  private static void text(StringBuilder svg, int x, int y, String text) {
    svg.append(String.format("<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, text));
  }
}
