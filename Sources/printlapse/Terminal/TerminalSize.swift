import FoundationEssentials
import Glibc

/// How much room the terminal has that shows messages, or where they go elsewhere the one that shows data.
struct TerminalSize: Hashable {
    var columns: Int
    var rows: Int

    init(columns: Int, rows: Int) {
        (self.columns, self.rows) = (max(1, columns), max(1, rows))
    }

    /// As it is now: a window may be drawn larger and smaller at any time. 80 × 24 where the terminal does not say.
    static var current: TerminalSize {
        var size = winsize()
        for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
            guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { continue }
            return TerminalSize(columns: Int(size.ws_col), rows: size.ws_row > 0 ? Int(size.ws_row) : 24)
        }
        return TerminalSize(columns: 80, rows: 24)
    }
}

extension StandardError {
    /// Whether what was written can be drawn over: by escapes, which a terminal that calls itself dumb shows as they are. Those
    /// inside editors and of `M-x shell` do, and some consoles say nothing at all.
    static var canBeDrawnOver: Bool {
        isTerminal && obeysEscapes(ProcessInfo.processInfo.environment["TERM"])
    }

    static func obeysEscapes(_ kind: String?) -> Bool {
        guard let kind else { return false }
        return !["", "dumb", "unknown"].contains(kind)
    }
}

extension Character {
    /// The columns that it takes on a terminal: two where it is wide (East Asian characters, pictures).
    var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

extension String {
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// This text, or its beginning with an ellipsis, in at most so many columns.
    func cut(toColumns limit: Int) -> String {
        guard columns > limit else { return self }
        var (cut, width) = ("", 0)
        for character in self {
            width += character.columns
            guard width < limit else { break }
            cut.append(character)
        }
        return cut + "…"
    }
}
