internal import GRDB

extension Deviation {
    /// Adds what is missing. What was stored and removed since the counting changed both numbers alike.
    func correct(in database: Database) throws {
        let frames = frames.counted - frames.kept
        let bytes = bytes.counted - bytes.kept
        switch subject {
        case .references(let picture):
            try database.execute(
                sql: "UPDATE picture SET reference_count = reference_count + ? WHERE sha256 = ?",
                arguments: [frames, picture.data])
            try database.execute(
                sql: "DELETE FROM picture WHERE sha256 = ? AND reference_count = 0", arguments: [picture.data])
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
        }
    }
}
