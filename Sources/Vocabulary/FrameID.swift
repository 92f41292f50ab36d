/// The archive's own number of a frame, 1 or more, never used twice.
public struct FrameID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int64

    public init(_ number: Int64) {
        self.number = number
    }

    public var description: String { String(number) }

    public static func < (left: FrameID, right: FrameID) -> Bool { left.number < right.number }
}
