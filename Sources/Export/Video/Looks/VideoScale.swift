package import Vocabulary

/// How large a video's picture becomes.
package enum VideoScale: Hashable, Sendable {
    /// Just this size; the shape may change.
    case size(PixelSize)
    /// This part of the picture's own size.
    case share(Double)
    /// So long a shorter side, the shape kept: 720 of `720p`.
    case lines(Int)
    /// The same, of pictures that are not smaller.
    case linesAtMost(Int)
    /// The picture's own size, whatever plays it.
    case original
    /// H.264 that plays everywhere at so many frames a second (in thousandths).
    case playable(milliframesPerSecond: Int)
    /// At most so wide, the shape kept.
    case width(atMost: Int)

    /// Reads `1280x720`, `50%`, `720p`, `max:720p` or `original`.
    ///
    /// - Throws: ``ExportError/unusableVideo(_:hint:)``
    package init(parsing text: String) throws(ExportError) {
        if let size = PixelSize(widthTimesHeight: text) {
            self = .size(size)
        } else if text.lowercased() == "original" {
            self = .original
        } else if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent >= 1, percent <= 400 {
            self = .share(percent / 100)
        } else if let lines = Self.lines(text) {
            self = .lines(lines)
        } else if text.hasPrefix("max:"), let lines = Self.lines(String(text.dropFirst(4))) {
            self = .linesAtMost(lines)
        } else {
            throw .unusableVideo(
                "“\(text.printable)” is no size", hint: "Give 1280x720, 50%, 720p, max:720p or original.")
        }
    }

    /// Reads `720p`.
    private static func lines(_ text: String) -> Int? {
        guard text.lowercased().hasSuffix("p"), let lines = Int(text.dropLast()), (16...4320).contains(lines) else {
            return nil
        }
        return lines
    }

    /// The size that a picture gets, with even sides.
    func scaled(_ size: PixelSize) -> PixelSize {
        switch self {
        case .size(let size): return size.even
        case .original: return size.even
        case .playable(let rate): return PlayableSize.size(for: size, framesPerSecond: Double(rate) / 1000)
        case .share(let share): return size.times(share)
        case .lines(let lines): return size.times(Double(lines) / Double(min(size.width, size.height)))
        case .linesAtMost(let most):
            return min(size.width, size.height) <= most ? size.even : VideoScale.lines(most).scaled(size)
        case .width(let most): return size.width <= most ? size.even : size.times(Double(most) / Double(size.width))
        }
    }
}

extension PixelSize {
    /// Scaled by a factor, each side to the nearest even number.
    func times(_ factor: Double) -> PixelSize {
        func side(_ length: Int) -> Int {
            min(Self.most, max(2, Int((Double(length) * factor / 2).rounded()) * 2))
        }
        return PixelSize(width: side(width), height: side(height))
    }
}
