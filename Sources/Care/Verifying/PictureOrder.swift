internal import Archive
internal import GRDB
internal import Vocabulary

/// Which picture a camera showed before each: pictures lie in the file as they came, those of several cameras among each other.
/// A camera's first one has the one after it instead.
///
/// Sixteen bytes a picture, so that an archive of millions can be gone through.
struct PictureOrder: Sendable {
    /// Contents in rising order, and what was shown before each.
    private var contents: [Int64] = []
    private var earlier: [Int64] = []

    /// What was shown before is of the frames that are neither damaged nor doubtful, as far as is known. A picture that was shown more
    /// than once counts where it was shown first.
    static func all(in database: Database) throws -> PictureOrder {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT frame.camera_id, picture.content_id,
                    NOT \(Suspicion.Kind.sqlIsDoubtful) AND frame.damaged_at IS NULL
                FROM frame INDEXED BY frame_by_camera CROSS JOIN picture ON picture.sha256 = frame.sha256
                ORDER BY frame.camera_id, frame.captured_at, frame.id
                """)
        var pairs: [(content: Int64, before: Int64)] = []
        var (camera, before, first) = (Int64?.none, Int64?.none, Int64?.none)
        while let row = try rows.next() {
            let (owner, content): (Int64, Int64) = (try row.value(at: 0), try row.value(at: 1))
            if owner != camera { (camera, before, first) = (owner, nil, content) }
            if let before, before != content { pairs.append((content, before)) }
            guard try row.value(at: 2) else { continue }
            if let alone = first, alone != content {
                pairs.append((alone, content))
                first = nil
            }
            before = content
        }
        // What comes first of two equal ones may be either: the one before it with the lower number came first.
        pairs.sort { ($0.content, $0.before) < ($1.content, $1.before) }
        var order = PictureOrder()
        for pair in pairs where order.contents.last != pair.content {
            order.contents.append(pair.content)
            order.earlier.append(pair.before)
        }
        return order
    }

    func picture(before content: Int64) -> Int64? {
        var (low, high) = (0, contents.count)
        while low < high {
            let middle = (low + high) / 2
            if contents[middle] < content { low = middle + 1 } else { high = middle }
        }
        return low < contents.count && contents[low] == content ? earlier[low] : nil
    }
}
