/// The name of an object within its store: parts of letters, digits, `.`, `_` and `-`, with `/` between them.
///
/// Every store takes such a name as it is: nothing in it is to be escaped, no part leads out of a folder, and none begins with a
/// dot, as those do that a folder keeps for itself.
package struct ObjectName: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// Of a name: what every store takes, a prefix before it included (S3: 1,024 bytes).
    package static let longest = 512
    /// Of a part: what every file system takes, with what a file is called while it is being written.
    package static let longestPart = 200

    /// `nil` where the text is no such name.
    package init?(rawValue: String) {
        guard (1...Self.longest).contains(rawValue.utf8.count) else { return nil }
        let parts = rawValue.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isPart) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    /// By bytes, as every store lists them.
    package static func < (left: ObjectName, right: ObjectName) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// The parts between the slashes.
    var parts: [Substring] { rawValue.split(separator: "/") }

    private static func isPart(_ part: String.UTF8View.SubSequence) -> Bool {
        (1...longestPart).contains(part.count) && part.first != UInt8(ascii: ".") && part.allSatisfy(allowed.contains)
    }

    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)
}
