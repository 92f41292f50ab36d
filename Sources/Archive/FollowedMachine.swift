package import GRDB
package import Vocabulary

/// How far another machine's records are here.
package struct FollowedMachine: Hashable, Sendable {
    /// What it is known by.
    package let machine: String
    /// What people call it.
    package let name: String
    /// Where its segments lie.
    package let store: String
    package let generation: Int
    /// The last segment that was taken in.
    package let segment: Int
    /// When that was made, by the machine's clock.
    package let segmentAt: Timestamp?
    /// When it was last looked for newer ones.
    package let lookedAt: Timestamp
    /// How many newer ones there were then that were not taken in.
    package let behind: Int
    /// What stands in the way, by a label; `nil`: nothing.
    package let problem: String?
    package let reason: String?
    package let hint: String?
    /// Since when it is not looked for any more; `nil`: it is followed.
    package let retiredAt: Timestamp?
    /// Its cameras, by the names that they have here.
    package let cameras: [String]

    package init(
        machine: String, name: String, store: String, generation: Int, segment: Int, segmentAt: Timestamp?,
        lookedAt: Timestamp, behind: Int, problem: String?, reason: String?, hint: String?, retiredAt: Timestamp?,
        cameras: [String]
    ) {
        (self.machine, self.name, self.store, self.generation) = (machine, name, store, generation)
        (self.segment, self.segmentAt, self.lookedAt, self.behind) = (segment, segmentAt, lookedAt, behind)
        (self.problem, self.reason, self.hint) = (problem, reason, hint)
        (self.retiredAt, self.cameras) = (retiredAt, cameras)
    }

    /// All of them, in the order of their names.
    package static func all(in database: Database) throws -> [FollowedMachine] {
        let cameras = try database.cachedStatement(
            sql: """
                SELECT camera.name FROM followed_camera JOIN camera ON camera.id = followed_camera.camera_id
                WHERE machine_id = ? ORDER BY camera.name
                """)
        return try Row.fetchAll(
            database,
            sql: """
                SELECT id, machine, name, store, generation, segment, segment_at, looked_at, behind, problem, reason, hint,
                    retired_at
                FROM followed_machine ORDER BY name, machine
                """
        ).map { row in
            FollowedMachine(
                machine: try row.value(at: 1), name: try row.value(at: 2), store: try row.value(at: 3),
                generation: try row.count(at: 4), segment: try row.count(at: 5),
                segmentAt: try row.timestampIfAny(at: 6),
                lookedAt: try row.timestamp(at: 7), behind: try row.count(at: 8), problem: try row.value(at: 9),
                reason: try row.value(at: 10), hint: try row.value(at: 11), retiredAt: try row.timestampIfAny(at: 12),
                cameras: try String.fetchAll(cameras, arguments: [try row.value(at: 0) as Int64]))
        }
    }
}

extension FollowedMachine: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("machine", \.machine),
        Field("name", \.name),
        Field("store", \.store),
        Field("generation", \.generation),
        Field("segment", \.segment),
        Field("segment_at", \.segmentAt),
        Field("looked_at", \.lookedAt),
        Field("behind", \.behind),
        Field("problem", \.problem),
        Field("reason", \.reason),
        Field("hint", \.hint),
        Field("retired_at", \.retiredAt),
        Field("cameras", \.cameras),
    ]
}
