package import Vocabulary

/// A place that looks like the seam that damage leaves which every decoder takes.
package struct Seam: Hashable, Sendable {
    /// Beside the picture's other rows of units; see ``PictureSeries`` for what counts.
    let strength: Float
    /// The row of units, and the unit in it, where what is below begins.
    package let row, unit: Int
    /// The step in levels, and the component in which it shows most.
    package let height: Float
    package let component: Int

    package init(row: Int, unit: Int, height: Float, component: Int) {
        self.init(strength: 0, row: row, unit: unit, height: height, component: component)
    }

    init(strength: Float, row: Int, unit: Int, height: Float, component: Int) {
        (self.strength, self.row, self.unit) = (strength, row, unit)
        (self.height, self.component) = (height, component)
    }

    /// Whether both are of one thing in front of the camera, or drawn in by it: at one place, and as high.
    ///
    /// Noise moves the place by two units and the height by two levels at most. Damage that comes twice does not come to the same
    /// place by the same step.
    package func isOfSameThing(as other: Seam) -> Bool {
        isAt(other) && abs(height - other.height) <= 2
    }

    /// Whether the other is the trace of this one's end: as high the other way.
    package func isUndone(by other: Seam) -> Bool {
        isAt(other) && abs(height + other.height) <= 2
    }

    private func isAt(_ other: Seam) -> Bool {
        row == other.row && abs(unit - other.unit) <= 2 && component == other.component
    }

    package var suspicion: Suspicion { Suspicion(.seam, at: "from block row \(row + 1), column \(unit + 1) on") }
}
