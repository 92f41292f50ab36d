internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// All that storing one frame changes, within one transaction.
struct FrameStorage: Sendable {
    let frame: NovelFrame
    let slot: Slot
    let received: ByteCount
    let circumstances: FrameCircumstances
    let pictures: ArchivePictures

    func store(in database: Database) throws -> ArchivedFrame {
        let origin = frame.frame.origin
        let sha256 = frame.fingerprint.sha256
        let camera = try CameraTable.idOrNew(of: origin.camera, in: database)

        let isNewPicture = try PictureTable.insert(frame.frame.bytes, sha256: sha256, into: pictures, database)
        if !isNewPicture,
            let known = try FrameTable.frame(camera: camera, at: origin.receivedAt, sha256: sha256, in: database)
        {
            return try confirm(known, camera: camera, in: database)
        }
        let print = try circumstances.print.map { try PrintTable.record($0, camera: camera, in: database) }
        let stored = try FrameTable.insert(
            frame, circumstances, camera: camera, print: print, slot: slot.due, into: database)
        if try !LedgerTable.record(entry(.stored, stored.id), camera: camera, in: database) {
            // The ledger has an outcome for this instant already. That one stands, and the frame is kept all the same.
            try FrameTable.detachFromSlot(stored.id, in: database)
        }
        try FrameTotals.rollUpIfDue(after: stored.id, in: database)
        return stored
    }

    /// The frame is there. Its slot is too, as both came with one transaction; any other slot saw it again.
    private func confirm(_ known: ArchivedFrame, camera: Int64, in database: Database) throws -> ArchivedFrame {
        guard try LedgerTable.record(entry(.duplicate, known.id), camera: camera, in: database) else { return known }
        try FrameTable.see(known.id, at: slot.due, in: database)
        return try FrameTable.frame(known.id, in: database) ?? known
    }

    private func entry(_ outcome: SlotOutcome, _ id: FrameID) -> LedgerEntry {
        LedgerEntry(
            camera: frame.frame.origin.camera, outcome: outcome, detail: nil, first: slot.due, interval: slot.interval,
            bytes: received, frame: id)
    }
}
