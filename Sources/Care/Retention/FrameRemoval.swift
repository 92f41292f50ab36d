internal import Archive
internal import Deduplication
internal import GRDB
internal import Vocabulary

/// A few frames of one camera that go in one transaction, and what becomes of the frames after them.
///
/// A frame whose neighbour went is measured anew against the one before that. The pictures are looked at before the transaction
/// begins; where something came in between, the change is left unknown rather than wrong.
struct FrameRemoval: Sendable {
    /// A frame that stays, after some that go.
    struct Successor: Hashable, Sendable {
        let frame: FramePlace
        /// The one that comes before it then; `nil` for none.
        let before: FramePlace?
    }

    let camera: Int64
    let removals: [CameraRemovals.Removal]

    /// What really went.
    struct Outcome: Sendable {
        var frames = 0
        var bytes: Int64 = 0
    }

    /// The frames that stay right after ones that go.
    func successors(in database: Database) throws -> [Successor] {
        let going = Set(removals.map(\.place.id))
        var successors: [Successor] = []
        for removal in removals {
            guard let after = try Self.neighbour(of: removal.place, of: camera, .after, in: database),
                !going.contains(after.id)
            else { continue }
            var before = try Self.neighbour(of: after, of: camera, .before, in: database)
            while let candidate = before, going.contains(candidate.id) {
                before = try Self.neighbour(of: candidate, of: camera, .before, in: database)
            }
            successors.append(Successor(frame: after, before: before))
        }
        return successors
    }

    /// Removes what may go still, and writes down what is new in the frames after that.
    ///
    /// - Parameter changes: by successor; unknown where there is none.
    func remove(
        _ changes: [Successor: LumaChange], _ successors: [Successor], from pictures: ArchivePictures,
        _ database: Database
    ) throws -> Outcome {
        var outcome = Outcome()
        var gone: [SHA256Digest] = []
        for removal in removals {
            let row = try Row.fetchAll(
                database.cachedStatement(sql: Self.removing), arguments: [removal.place.id]
            ).first
            guard let row else { continue }
            gone.append(try row.sha256(at: 0))
            outcome.frames += 1
            outcome.bytes += Int64(removal.bytes)
        }
        try pictures.deleteUnrecorded(gone, in: database)
        for successor in successors {
            let before = try Self.neighbour(of: successor.frame, of: camera, .before, in: database)
            let change = before == successor.before ? changes[successor] : nil
            try database.cachedStatement(sql: "UPDATE frame SET change = ?, changed_percent = ? WHERE id = ?")
                .execute(arguments: [change?.greatest, change?.percent, successor.frame.id])
        }
        return outcome
    }

    /// The owner may have marked the frame since the plan was made; and whatever happens, a camera's newest stays.
    private static let removing = """
        DELETE FROM frame WHERE id = ? AND pinned = 0 AND note IS NULL AND damaged_at IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM print WHERE print.id = frame.print_id AND (print.pinned OR print.note IS NOT NULL))
            AND EXISTS (
                SELECT 1 FROM frame AS later WHERE later.camera_id = frame.camera_id
                    AND (later.captured_at, later.id) > (frame.captured_at, frame.id))
        RETURNING sha256
        """

    private enum Side { case before, after }

    private static func neighbour(
        of place: FramePlace, of camera: Int64, _ side: Side, in database: Database
    ) throws -> FramePlace? {
        let sql =
            switch side {
            case .before:
                """
                SELECT captured_at, id FROM frame WHERE camera_id = ?1 AND (captured_at, id) < (?2, ?3)
                ORDER BY captured_at DESC, id DESC LIMIT 1
                """
            case .after:
                """
                SELECT captured_at, id FROM frame WHERE camera_id = ?1 AND (captured_at, id) > (?2, ?3)
                ORDER BY captured_at, id LIMIT 1
                """
            }
        return try Row.fetchOne(
            database.cachedStatement(sql: sql), arguments: [camera, place.capturedAt, place.id]
        ).map { FramePlace(capturedAt: try $0.value(at: 0), id: try $0.value(at: 1)) }
    }
}
