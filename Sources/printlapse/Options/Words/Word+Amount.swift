import ArgumentParser
import Budget
import Care
import Settings
import Vocabulary

/// Sizes, and parts of a whole.
extension Word {
    /// A part of a whole such as `50%`.
    static func share(_ text: String) throws -> Double {
        guard let share = Double(share: text) else {
            throw ValidationError("a part is more than 0% and at most 100%, as 50%.")
        }
        return share
    }

    static func size(_ text: String) throws -> ByteCount { try explained { try ByteCount(parsing: text) } }

    static func capStop(_ text: String) throws -> CapStop { try explained { try CapStop(parsing: text) } }

    static func ownersReserve(_ text: String) throws -> OwnersReserve {
        try explained { try OwnersReserve(parsing: text) }
    }

    static func tier(_ text: String) throws -> RetentionTier { try explained { try RetentionTier(parsing: text) } }
}
