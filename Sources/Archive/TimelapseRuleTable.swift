package import GRDB
package import Vocabulary

/// Since when a rule has been followed, and up to when what ended was looked at.
package struct RuleStanding: Hashable, Sendable {
    /// What ended before is not the rule's to make.
    package private(set) var since: Timestamp
    package private(set) var plannedUntil: Timestamp

    package init(since: Timestamp, plannedUntil: Timestamp) { (self.since, self.plannedUntil) = (since, plannedUntil) }

    /// A rule that is followed from now on.
    package init(from now: Timestamp) { self.init(since: now, plannedUntil: now) }

    /// Takes what the clock says now. Where it was set back, what was noted by the wrong time is as if noted now; what was made
    /// is known by its subject, and not made again.
    package mutating func heed(clockAt now: Timestamp) {
        (since, plannedUntil) = (min(since, now), min(plannedUntil, now))
    }

    /// Everything that ended by then was looked at.
    package mutating func planned(until instant: Timestamp) { plannedUntil = max(plannedUntil, instant) }
}

package enum TimelapseRuleTable {
    package static func standing(of rule: String, in database: Database) throws -> RuleStanding? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT since_at, planned_until FROM timelapse_rule WHERE name = ?"),
            arguments: [rule]
        ).map { RuleStanding(since: try $0.timestamp(at: 0), plannedUntil: try $0.timestamp(at: 1)) }
    }

    package static func put(_ standing: RuleStanding, of rule: String, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO timelapse_rule (name, since_at, planned_until) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET since_at = excluded.since_at, planned_until = excluded.planned_until
                """
        ).execute(arguments: [rule, standing.since.milliseconds, standing.plannedUntil.milliseconds])
    }
}
