internal import Archive
internal import GRDB

extension Deviation {
    /// Adds what is missing. What was stored and removed since the counting changed both numbers alike.
    func correct(in database: Database, _ pictures: ArchivePictures) throws {
        // A number that cannot be is no count that others added to: it is set.
        if isImplausible { try reset(in: database) }
        let frames = isImplausible ? self.frames.counted : self.frames.counted - self.frames.kept
        let bytes = isImplausible ? self.bytes.counted : self.bytes.counted - self.bytes.kept
        switch subject {
        case .references(let picture):
            try database.execute(
                sql: "UPDATE picture SET reference_count = reference_count + ? WHERE sha256 = ?",
                arguments: [frames, picture.data])
            try database.execute(
                sql: "DELETE FROM picture WHERE sha256 = ? AND reference_count = 0", arguments: [picture.data])
            try pictures.deleteUnrecorded([picture], in: database)
        case .hour(let camera, let hour):
            let (key, change): (StatementArguments, StatementArguments) = ([camera, hour], [frames, bytes])
            try database.execute(
                sql: "DELETE FROM frame_hour WHERE camera_id = ? AND hour = ? AND frames + ? <= 0",
                arguments: key + [frames])
            try database.execute(
                sql: "UPDATE frame_hour SET frames = frames + ?, bytes = bytes + ? WHERE camera_id = ? AND hour = ?",
                arguments: change + key)
            guard frames > 0 else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO frame_hour (camera_id, hour, frames, bytes) VALUES (?, ?, ?, ?)",
                arguments: key + change)
        case .print(let id):
            try database.execute(
                sql: "UPDATE print SET frames = frames + ?, bytes = bytes + ? WHERE id = ?",
                arguments: [frames, bytes, id])
        case .pack(let id):
            try database.execute(
                sql: "UPDATE pack SET live_pictures = live_pictures + ?, live_bytes = live_bytes + ? WHERE id = ?",
                arguments: [frames, bytes, id])
        }
    }

    private var isImplausible: Bool {
        !(0...ValueRule.greatestNumber).contains(frames.kept) || !(0...ValueRule.greatestNumber).contains(bytes.kept)
    }

    /// Lets the counting begin at nothing.
    private func reset(in database: Database) throws {
        switch subject {
        case .references(let picture):
            try database.execute(
                sql: "UPDATE picture SET reference_count = 0 WHERE sha256 = ?", arguments: [picture.data])
        case .hour(let camera, let hour):
            try database.execute(
                sql: "DELETE FROM frame_hour WHERE camera_id = ? AND hour = ?", arguments: [camera, hour])
        case .print(let id):
            try database.execute(sql: "UPDATE print SET frames = 0, bytes = 0 WHERE id = ?", arguments: [id])
        case .pack(let id):
            try database.execute(sql: "UPDATE pack SET live_pictures = 0, live_bytes = 0 WHERE id = ?", arguments: [id])
        }
    }
}
