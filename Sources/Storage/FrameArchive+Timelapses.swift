package import Archive

extension FrameArchive {
    /// Since when a rule has been followed; `nil` for a new one.
    package func standing(ofRule rule: String) throws(ArchiveError) -> RuleStanding? {
        try read { try TimelapseRuleTable.standing(of: rule, in: $0) }
    }

    /// - Returns: `nil` where there is none of that number.
    package func timelapse(_ id: Int64) throws(ArchiveError) -> ArchivedTimelapse? {
        try read { try TimelapseTable.timelapse(id, in: $0) }
    }

    /// Those that wait or are being made.
    package func unfinishedTimelapses() throws(ArchiveError) -> [ArchivedTimelapse] {
        try read { try TimelapseTable.unfinished(in: $0) }
    }

    /// Enters what a rule wants made, and up to when that was looked at: both or neither, so that nothing is planned twice and nothing
    /// left out.
    package func plan(
        _ timelapses: [ArchivedTimelapse], rule: String, standing: RuleStanding
    ) async throws(ArchiveError) {
        try await commit { database in
            for timelapse in timelapses { _ = try TimelapseTable.enter(timelapse, in: database) }
            try TimelapseRuleTable.put(standing, of: rule, in: database)
        }
    }

    /// Enters one.
    ///
    /// - Returns: as it is in the archive.
    package func enter(_ timelapse: ArchivedTimelapse) async throws(ArchiveError) -> ArchivedTimelapse {
        try await commit { database in
            let id = try TimelapseTable.enter(timelapse, in: database)
            return try TimelapseTable.timelapse(id, in: database) ?? timelapse
        }
    }

    /// Notes what became of one.
    package func update(_ timelapse: ArchivedTimelapse) async throws(ArchiveError) {
        try await commit { try TimelapseTable.update(timelapse, in: $0) }
    }

    /// Changes some, each as it is at that moment.
    ///
    /// - Returns: those that there were, changed.
    package func update(
        timelapses ids: [Int64], _ change: @escaping @Sendable (inout ArchivedTimelapse) -> Void
    ) async throws(ArchiveError) -> [ArchivedTimelapse] {
        try await commit { database in
            var changed: [ArchivedTimelapse] = []
            for id in ids {
                guard var timelapse = try TimelapseTable.timelapse(id, in: database) else { continue }
                change(&timelapse)
                try TimelapseTable.update(timelapse, in: database)
                changed.append(timelapse)
            }
            return changed
        }
    }
}
