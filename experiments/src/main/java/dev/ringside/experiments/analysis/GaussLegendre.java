package dev.ringside.experiments.analysis;

/** Gauss–Legendre quadrature: 16 nodes on each of a number of equal panels. */
final class GaussLegendre {
    private static final int ORDER = 16;
    private static final double[] NODES = new double[ORDER];
    private static final double[] WEIGHTS = new double[ORDER];

    static {
        for (int i = 0; i < ORDER; i++) {
            double x = StrictMath.cos(StrictMath.PI * (i + 0.75) / (ORDER + 0.5));
            double slope = 0;
            for (int newton = 0; newton < 10; newton++) {
                double before = 1;
                double value = x;
                for (int n = 2; n <= ORDER; n++) {
                    double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
                    before = value;
                    value = next;
                }
                slope = ORDER * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            NODES[i] = x;
            WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    private final double[] nodes;
    private final double[] weights;

    /**
     * @param width the greatest width of a panel
     */
    GaussLegendre(double low, double high, double width) {
        int panels = high > low ? (int) StrictMath.ceil((high - low) / width) : 0;
        nodes = new double[panels * ORDER];
        weights = new double[panels * ORDER];
        double half = panels == 0 ? 0 : (high - low) / (2 * panels);
        for (int panel = 0; panel < panels; panel++) {
            double centre = low + (2 * panel + 1) * half;
            for (int i = 0; i < ORDER; i++) {
                nodes[panel * ORDER + i] = centre + half * NODES[i];
                weights[panel * ORDER + i] = half * WEIGHTS[i];
            }
        }
    }

    int size() {
        return nodes.length;
    }

    double node(int i) {
        return nodes[i];
    }

    double weight(int i) {
        return weights[i];
    }
}
