internal import GRDB
public import Vocabulary

/// Which runs of the slot ledger, and in which order.
public struct TimelineQuery: Hashable, Sendable {
    /// Of this camera only.
    public var camera: CameraName?
    /// Runs that end later; all from the beginning where `nil`.
    public var since: Timestamp?
    /// Runs that begin before; all to the end where `nil`.
    public var until: Timestamp?
    /// Runs that went one of these ways; all where `nil`. `SlotOutcome.gaps` has the holes.
    public var outcomes: Set<SlotOutcome>?
    /// At most this many; all where `nil`.
    public var limit: Int?
    /// By the runs' beginning.
    public var order: FrameOrder
    /// Only what comes after this place in the order: the next page.
    public var after: TimelineCursor?

    public init(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        outcomes: Set<SlotOutcome>? = nil, limit: Int? = nil, order: FrameOrder = .oldestFirst,
        after: TimelineCursor? = nil
    ) {
        self.camera = camera
        self.since = since
        self.until = until
        self.outcomes = outcomes
        self.limit = limit
        self.order = order
        self.after = after
    }
}

extension SlotOutcome {
    /// Those that leave a hole: no frame was kept or confirmed.
    public static let gaps = Set(allCases.filter(\.isGap))
}

extension TimelineQuery {
    /// The page as one statement: ``LedgerTable/columns``, in order. Needs ``arguments(skipping:)``.
    ///
    /// It has parts that SQLite merges, each in order by an index. A run reaches into the stretch if it ends after `since`. Ends
    /// have no index, but runs of a camera share no slot, so of those that begin before `since` only a camera's last one can: that
    /// is a part of its own, with at most one row a camera. Gaps are rare among runs; each of their outcomes is a part.
    var sql: String {
        let direction = order == .oldestFirst ? "ASC" : "DESC"
        let parts = (range.since == nil ? [] : [runsReachingIn]) + runsWithin
        return """
            \(parts.joined(separator: "\nUNION ALL\n"))
            ORDER BY ledger_run.from_at \(direction), ledger_run.camera_id \(direction) LIMIT :limit OFFSET :skipped
            """
    }

    /// - Parameter skipped: how many runs to leave out at the beginning.
    func arguments(skipping skipped: Int = 0) -> StatementArguments {
        var values = range.values
        values["limit"] = limit.map { max(0, $0) } ?? -1
        values["skipped"] = skipped
        if let after {
            values["after"] = after.from.milliseconds
            values["after_camera"] = after.camera.text
        }
        for (index, outcome) in listed.enumerated() { values["outcome\(index)"] = outcome.rawValue }
        return StatementArguments(values)
    }

    /// The stretch, less the bound that the cursor's place is within: of two bounds on one side SQLite would begin at either.
    private var range: LedgerRange {
        var range = LedgerRange(camera: camera, since: since, until: until)
        guard let after else { return range }
        switch order {
        case .oldestFirst where since.map { after.from >= $0 } ?? true: range.since = nil
        case .newestFirst where until.map { after.from < $0 } ?? true: range.until = nil
        default: break
        }
        return range
    }

    private var runsWithin: [String] {
        guard !listed.isEmpty, SlotOutcome.gaps.isSuperset(of: listed) else {
            // The table itself is in the order of a camera's runs.
            let index = camera == nil ? "INDEXED BY ledger_run_by_time" : "NOT INDEXED"
            return [runs(index, range.within + conditions)]
        }
        let index = camera == nil ? "ledger_gap_by_time" : "ledger_gap_by_camera"
        return listed.indices.map { number in
            runs("INDEXED BY \(index)", range.within + place + [LedgerRange.isGap, "outcome = :outcome\(number)"])
        }
    }

    private func runs(_ index: String, _ conditions: [String]) -> String {
        """
        SELECT \(LedgerTable.columns), ledger_run.camera_id
        FROM ledger_run \(index) CROSS JOIN camera ON camera.id = ledger_run.camera_id
        WHERE \(conditions.joined(separator: " AND "))
        """
    }

    private var runsReachingIn: String {
        """
        SELECT \(LedgerTable.columns), ledger_run.camera_id
        FROM camera CROSS JOIN ledger_run ON ledger_run.camera_id = camera.id
        WHERE \((range.reachingIn + conditions).joined(separator: " AND "))
        """
    }

    private var conditions: [String] {
        guard outcomes != nil else { return place }
        return place + ["outcome IN (\(listed.indices.map { ":outcome\($0)" }.joined(separator: ", ")))"]
    }

    /// Behind the cursor.
    private var place: [String] {
        guard after != nil else { return [] }
        return [
            """
            (ledger_run.from_at, ledger_run.camera_id) \(order == .oldestFirst ? ">" : "<")
                (:after, (SELECT id FROM camera WHERE name = :after_camera))
            """
        ]
    }

    private var listed: [SlotOutcome] { outcomes.map { SlotOutcome.allCases.filter($0.contains) } ?? [] }
}
