package import Vocabulary

/// What a check of an archive is to cover.
package struct VerifyRequest: Hashable, Sendable {
    /// Leaves the pictures themselves alone.
    package var quick = false
    /// Only these pictures.
    package var subset: PictureSubset?
    /// Only pictures of frames captured from this instant on.
    package var since: Timestamp?

    package init(quick: Bool = false, subset: PictureSubset? = nil, since: Timestamp? = nil) {
        (self.quick, self.subset, self.since) = (quick, subset, since)
    }
}

/// One of `count` parts of all pictures.
///
/// Each picture is in exactly one part, by its digest: it stays there however many frames are added, and the parts are
/// about equally large.
package struct PictureSubset: Hashable, Sendable, CustomStringConvertible {
    /// 1 to ``count``.
    package let part: Int
    /// 1 or more.
    package let count: Int

    /// `nil` unless `part` is one of 1 to `count`, and `count` no more than 10,000.
    package init?(part: Int, of count: Int) {
        guard count >= 1, count <= 10_000, (1...count).contains(part) else { return nil }
        (self.part, self.count) = (part, count)
    }

    /// Reads `3/7`; `nil` where the text is nothing of the kind.
    package init?(parsing text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let part = numbers[0], let count = numbers[1] else { return nil }
        self.init(part: part, of: count)
    }

    package var description: String { "\(part)/\(count)" }

    func contains(_ picture: SHA256Digest) -> Bool {
        let start = picture.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(start % UInt64(count)) == part - 1
    }
}
