internal import Foundation
package import GRDB
package import Vocabulary

extension ArchivedFrame {
    /// Reads a row that begins with ``FrameTable/columns``.
    package init(_ row: Row) throws {
        let row = NamedRow(row, by: FrameColumn.self)
        self.init(
            id: FrameID(try row.value(.id)), camera: try row.cameraName(.camera),
            capturedAt: try row.timestamp(.capturedAt), takenAt: try row.timestampIfAny(.takenAt),
            lastSeenAt: try row.timestamp(.lastSeenAt), seen: try row.count(.seen),
            size: PixelSize(width: try row.side(.width), height: try row.side(.height)),
            bytes: try row.byteCount(.bytes), sha256: try row.sha256(.sha256),
            perceptualHash: PerceptualHash(bits: UInt64(bitPattern: try row.value(.perceptualHash))),
            print: try row.value(.print), variant: try row.wordIfAny(.variant), source: try row.word(.source),
            excluded: try row.value(.excluded), pinned: try row.value(.pinned), progress: try row.value(.progress),
            printerState: try row.wordIfAny(.printerState), prediction: try row.value(.prediction),
            brightness: try row.measure(.brightness), sharpness: try row.measure(.sharpness),
            change: try row.measure(.change), changedPercent: try row.measure(.changedPercent),
            note: try row.value(.note), damagedAt: try row.timestampIfAny(.damagedAt),
            suspicion: try row.wordIfAny(.suspect).map { Suspicion($0, at: try row.value(.suspectPlace) ?? "") })
    }

    /// What its row has in a column.
    ///
    /// - Parameters:
    ///   - camera: the archive's number of its camera.
    ///   - slot: that it was stored for.
    fileprivate func value(
        of column: FrameColumn, camera: Int64, slot: Timestamp?
    ) -> (any DatabaseValueConvertible)? {
        switch column {
        case .id: id.number
        case .camera: camera
        case .capturedAt: capturedAt.milliseconds
        case .takenAt: takenAt?.milliseconds
        case .slotAt: slot?.milliseconds
        case .lastSeenAt: lastSeenAt.milliseconds
        case .seen: seen
        case .width: size.width
        case .height: size.height
        case .bytes: bytes.bytes
        case .sha256: sha256.data
        case .perceptualHash: Int64(bitPattern: perceptualHash.bits)
        case .print: print
        case .variant: variant?.rawValue
        case .source: source.rawValue
        case .excluded: excluded
        case .pinned: pinned
        case .progress: progress
        case .printerState: printerState?.rawValue
        case .prediction: prediction
        case .brightness: brightness
        case .sharpness: sharpness
        case .change: change
        case .changedPercent: changedPercent
        case .note: note
        case .damagedAt: damagedAt?.milliseconds
        case .suspect: suspicion?.kind.rawValue
        case .suspectPlace: suspicion?.place
        }
    }
}

extension FrameTable {
    /// Stores a record as it is. Its picture is to be there.
    package static func insert(
        _ frame: ArchivedFrame, camera: Int64, slot: Timestamp?, into database: Database
    ) throws {
        let values: [(any DatabaseValueConvertible)?] = FrameColumn.allCases.map {
            frame.value(of: $0, camera: camera, slot: slot)
        }
        try database.cachedStatement(sql: inserting).execute(arguments: StatementArguments(values))
    }

    /// Lets a frame's row say what the record says, but for what a frame keeps: its number, camera, time, picture and print.
    package static func update(_ frame: ArchivedFrame, slot: Timestamp?, in database: Database) throws {
        let values: [(any DatabaseValueConvertible)?] = changing.map { frame.value(of: $0, camera: 0, slot: slot) }
        try database.cachedStatement(sql: updating).execute(
            arguments: StatementArguments(values + [frame.id.number]))
    }

    private static let changing = FrameColumn.allCases.filter {
        ![.id, .camera, .capturedAt, .bytes, .sha256, .print].contains($0)
    }

    private static let updating = """
        UPDATE frame SET \(changing.map { "\($0.name) = ?" }.joined(separator: ", ")) WHERE id = ?
        """

    private static let inserting = """
        INSERT INTO frame (\(FrameColumn.allCases.map(\.name).joined(separator: ", ")))
        VALUES (\(FrameColumn.allCases.map { _ in "?" }.joined(separator: ", ")))
        """
}

extension NamedRow<FrameColumn> {
    /// What was measured; `nil` also for what cannot have been.
    fileprivate func measure(_ column: FrameColumn) throws -> Int? {
        (try value(column) as Int?).flatMap { column.range?.contains($0) ?? true ? $0 : nil }
    }

    /// A picture's width or height, within what a JPEG's header can say.
    fileprivate func side(_ column: FrameColumn) throws -> Int {
        Int(Swift.min(65_535, Swift.max(1, try value(column) as Int64)))
    }
}
