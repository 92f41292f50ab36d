internal import GRDB
public import Vocabulary

/// Something that the owner was told and that is not over yet.
public struct OpenAlert: Hashable, Sendable {
    /// A short constant from a fixed set.
    public let kind: String
    /// The camera that it is about; `nil` where it is about the archive.
    public let camera: CameraName?
    public let since: Timestamp

    public init(kind: String, camera: CameraName?, since: Timestamp) {
        (self.kind, self.camera, self.since) = (kind, camera, since)
    }
}

/// As the gallery lists it.
extension OpenAlert: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("event", \.kind), Field("camera", \.camera), Field("since", \.since),
    ]
}

extension OpenAlert {
    /// - Parameter sql: selects kind, subject and since when.
    static func all(_ sql: String, in database: Database) throws -> [OpenAlert] {
        try Array(
            Row.fetchCursor(database.cachedStatement(sql: sql)).map { row in
                let subject: String = try row.value(at: 1)
                return OpenAlert(
                    kind: try row.value(at: 0), camera: subject.isEmpty ? nil : try row.cameraName(at: 1),
                    since: try row.timestamp(at: 2))
            })
    }
}
