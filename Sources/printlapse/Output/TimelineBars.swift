import Catalog
import Vocabulary

/// One bar a camera over the same stretch of time: what was seen, and where the holes are.
struct TimelineBars {
    let coverage: Coverage

    /// Bars of a big farm would push everything else off the screen.
    static let most = 24

    /// Camera names longer than this are cut.
    private static let longestName = 16

    /// How many cells a bar in a terminal of this width has, whatever the cameras' names.
    static func cells(width: Int) -> Int { max(10, width - longestName - 2) }

    /// The bars, the time below them, and what their signs mean.
    var lines: [String] {
        let cameras = coverage.cameras.prefix(Self.most)
        let label = min(Self.longestName, cameras.map(\.camera.text.columns).max() ?? 0)
        var lines = cameras.map { camera in
            camera.camera.text.cut(toColumns: label).padding(to: label) + "  " + String(camera.cells.map(Self.sign))
        }
        let indent = String(repeating: " ", count: label + 2)
        let axis = TimeAxis(from: coverage.from, until: coverage.until, cells: cameras.first?.cells.count ?? 0)
        lines.append(indent + axis.line)
        if coverage.cameras.count > Self.most {
            lines.append("… and \((coverage.cameras.count - Self.most).counted("camera")) more; --camera shows one.")
        }
        lines.append(indent + Self.legend)
        return lines.map(\.withoutTrailingBlanks)
    }

    private static let legend = "█ new frames  ░ no change  ▂▅▇ seen in part  · hole"

    /// The part of the time that was seen is the sign's height, and a hole shows however short it is.
    private static func sign(_ cell: CameraCoverage.Cell) -> Character {
        switch (cell.seen, cell.unseen) {
        case (.zero, .zero): return " "
        case (.zero, _): return "·"
        case (_, .zero): return cell.hasNewFrame ? "█" : "░"
        default:
            let heights = Array("▁▂▃▄▅▆▇")
            let share = cell.seen / (cell.seen + cell.unseen)
            return heights[min(heights.count - 1, Int(share * Double(heights.count)))]
        }
    }
}

extension String {
    var withoutTrailingBlanks: String { String(reversed().drop { $0 == " " }.reversed()) }
}
