package dev.ringside.training.evaluation.plot;

import java.util.Locale;

/** What all drawings share: colours for light and for dark ground, and texts that are nothing but texts. */
final class Svg {
    /** Colours that differ also to the colour-blind (after Okabe and Ito), for light and for dark ground. */
    private static final String[][] BY_GROUND = {
        {"#0067b1", "#5ab4f5"},
        {"#c9500a", "#f39b5e"},
        {"#00805e", "#3fcf9f"},
        {"#a8417f", "#e58fc2"},
        {"#8a6d00", "#e3c44a"},
        {"#5b4fc0", "#a9a1f7"}
    };

    /** How many colours there are: classes c0, c1 and so on. */
    static final int COLOURS = BY_GROUND.length;

    private Svg() {}

    /** The style sheet of a drawing. */
    static String style() {
        StringBuilder svg = new StringBuilder();
        StringBuilder light = new StringBuilder();
        StringBuilder dark = new StringBuilder();
        for (int i = 0; i < BY_GROUND.length; i++) {
            light.append(String.format(Locale.ROOT, ".c%d{color:%s}", i, BY_GROUND[i][0]));
            dark.append(String.format(Locale.ROOT, ".c%d{color:%s}", i, BY_GROUND[i][1]));
        }
        svg.append("<style>\n")
                .append("text{font:12px system-ui,sans-serif;fill:#3c4043}.title{font-size:15px;font-weight:600}\n")
                .append(".ground{fill:#fff}.grid{stroke:#e3e5e8}.frame{stroke:#80868b;fill:none}\n")
                .append(".line{stroke:currentColor;fill:none;stroke-width:2;stroke-linejoin:round}")
                .append(
                        ".bar{stroke:currentColor;stroke-width:1.2;opacity:.7}.dot{fill:currentColor}.name{font-size:10px}\n")
                .append(".reference{color:#80868b}.reference .line{stroke-width:1.4;stroke-dasharray:5 4}")
                .append(".again .line{stroke-dasharray:9 3}\n")
                .append(light)
                .append("\n@media (prefers-color-scheme:dark){text{fill:#dadce0}.ground{fill:#1b1d20}")
                .append(".grid{stroke:#34383d}.frame{stroke:#9aa0a6}.reference{color:#9aa0a6}\n")
                .append(dark)
                .append("}\n</style>\n");
        return svg.toString();
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
