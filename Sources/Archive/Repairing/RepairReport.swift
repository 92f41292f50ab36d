public import Vocabulary

/// What a repair did, and how the archive stands after it.
public struct RepairReport: Hashable, Sendable {
    /// Frames whose picture was replaced by a good copy.
    public internal(set) var restored: [FrameID] = []
    /// Frames whose picture is damaged and of which no good copy was found: from now on exports leave them out.
    public internal(set) var quarantined: [FrameID] = []
    /// Frames that were left out so far, and whose picture was found to be good.
    public internal(set) var released: [FrameID] = []
    /// Frames that are marked as suspect from now on: exports leave them out unless they are told to take them.
    public internal(set) var noted: [FrameID] = []
    /// Values that could not be, a sentence each: what they were, and where it needs saying what they are now.
    public internal(set) var values: [String] = []
    /// How many numbers that are derived from the frames (reference counts, totals) were put right.
    public internal(set) var numbers = 0
    /// How many contents that belonged to no picture were removed.
    public internal(set) var orphans = 0
    /// Tables whose indexes were made anew.
    public internal(set) var tables: [String] = []
    /// What could not be put right, a sentence each.
    public internal(set) var failures: [String] = []
    /// What a check finds now. The pictures that were sound before are not read again.
    public internal(set) var after = VerifyReport()

    /// Whether anything was changed.
    public var changedAnything: Bool {
        !(restored.isEmpty && quarantined.isEmpty && released.isEmpty && noted.isEmpty && values.isEmpty && numbers == 0
            && orphans == 0
            && tables.isEmpty)
    }

    /// Adds what was put right before the archive could be opened.
    public mutating func add(values: [String]) { self.values = values + self.values }

    /// Whether nothing is wrong any more but what is in quarantine.
    public var isSound: Bool { failures.isEmpty && after.isSound }
}

extension RepairReport: Encodable {
    private enum Key: String, CodingKey { case repaired, failures, ok }
    private enum RepairedKey: String, CodingKey {
        case restored, quarantined, released, values, numbers, tables
        case orphans = "orphans_removed"
        case noted = "suspect"
    }

    /// The keys of the check, with `repaired` and `failures`.
    public func encode(to encoder: any Encoder) throws {
        try after.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(failures, forKey: .failures)
        try container.encode(isSound, forKey: .ok)
        var repaired = container.nestedContainer(keyedBy: RepairedKey.self, forKey: .repaired)
        try repaired.encode(restored.map(\.number), forKey: .restored)
        try repaired.encode(quarantined.map(\.number), forKey: .quarantined)
        try repaired.encode(released.map(\.number), forKey: .released)
        try repaired.encode(noted.map(\.number), forKey: .noted)
        try repaired.encode(values, forKey: .values)
        try repaired.encode(numbers, forKey: .numbers)
        try repaired.encode(orphans, forKey: .orphans)
        try repaired.encode(tables, forKey: .tables)
    }
}
