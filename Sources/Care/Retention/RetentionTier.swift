internal import Vocabulary

/// How dense frames of an age are kept: all of them, or one in each stretch of time.
package struct RetentionTier: Hashable, Sendable, CustomStringConvertible {
    /// Of each camera one frame is kept in each whole stretch of this length, counted from 1970-01-01T00:00Z; `nil` for all.
    package let spacing: Duration?
    /// Frames up to this age are kept so.
    package let reach: Duration

    /// Reads `all for 7d` or `1m for 30d`, and the same with a colon, `1m:30d`.
    ///
    /// - Throws: ``RetentionPolicyError/tier(_:)``
    package init(parsing text: String) throws(RetentionPolicyError) {
        let words = text.replacing(" for ", with: ":").split(separator: ":", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        guard words.count == 2 else { throw .tier(text) }
        do throws(VocabularyError) {
            let reach = try Duration(parsing: words[1])
            let spacing = words[0] == "all" ? nil : try Duration(parsing: words[0])
            guard reach >= .milliseconds(1), spacing.map({ $0 >= .milliseconds(1) }) ?? true else {
                throw VocabularyError.duration(text)
            }
            (self.spacing, self.reach) = (spacing, reach)
        } catch {
            throw .tier(text)
        }
    }

    /// `all for 7d`, `one in 1m for 30d`
    package var description: String {
        "\(spacing.map { "one in \($0.shortText)" } ?? "all") for \(reach.shortText)"
    }
}
