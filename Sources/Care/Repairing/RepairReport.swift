package import Vocabulary

/// What a repair did, and how the archive stands after it.
package struct RepairReport: Hashable, Sendable {
    /// Frames whose picture was replaced by a good copy.
    package internal(set) var restored: [FrameID] = []
    /// Frames whose picture is damaged and of which no good copy was found: from now on exports leave them out.
    package internal(set) var quarantined: [FrameID] = []
    /// Frames that were left out so far, and whose picture was found to be good.
    package internal(set) var released: [FrameID] = []
    /// Frames that are marked as suspect from now on: exports leave them out unless they are told to take them.
    package internal(set) var noted: [FrameID] = []
    /// Values that could not be, a sentence each: what they were, and where it needs saying what they are now.
    package internal(set) var values: [String] = []
    /// How many numbers that are derived from the frames (reference counts, totals) were put right.
    package internal(set) var numbers = 0
    /// How many contents that belonged to no picture were removed.
    package internal(set) var orphans = 0
    /// Tables whose indexes were made anew.
    package internal(set) var tables: [String] = []
    /// What could not be put right, a sentence each.
    package internal(set) var failures: [String] = []
    /// What a check finds now. The pictures that were sound before are not read again.
    package internal(set) var after = VerifyReport()

    /// Whether anything was changed.
    package var changedAnything: Bool {
        !(restored.isEmpty && quarantined.isEmpty && released.isEmpty && noted.isEmpty && values.isEmpty && numbers == 0
            && orphans == 0
            && tables.isEmpty)
    }

    /// Adds what was put right before the archive could be opened.
    package mutating func add(values: [String]) { self.values = values + self.values }

    /// Whether nothing is wrong any more but what is in quarantine.
    package var isSound: Bool { failures.isEmpty && after.isSound }
}

extension RepairReport: KeyedRecord {
    /// The keys of the check, with `repaired` and `failures`.
    package static let fields: [Field<Self>] =
        VerifyReport.fields.filter { $0.key != "ok" }.map { $0.of(\.after) } + [
            Field("repaired", \.repaired), Field("failures", \.failures), Field("ok", \.isSound),
        ]

    private var repaired: [String: FieldValue] {
        [
            "restored": restored.fieldValue, "quarantined": quarantined.fieldValue, "released": released.fieldValue,
            "suspect": noted.fieldValue, "values": values.fieldValue, "numbers": numbers.fieldValue,
            "orphans_removed": orphans.fieldValue,
            "tables": tables.fieldValue,
        ]
    }
}
