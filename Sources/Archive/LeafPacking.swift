/// In which order pictures are appended to their table so that its pages are filled.
///
/// SQLite keeps a large value in pages of its own, but for a rest that lies in a leaf of the table: up to a page, beside the rests
/// of the rows before and after, as far as they fit. Appended as they come, half of the leaves' room is lost, and what a compaction
/// saves of each picture, a part of a page, seldom frees one. Lengths by <https://www.sqlite.org/fileformat2.html>, 1.6.
struct LeafPacking: Hashable, Sendable {
    private let usable: Int

    /// - Parameter pageSize: 512 to 65,536 bytes, none of them reserved.
    init(pageSize: Int) { usable = pageSize }

    /// The order in which to append them: best fit, the largest rests first.
    ///
    /// - Parameter lengths: of the pictures, in bytes.
    /// - Returns: each place of `lengths` once.
    func order(ofLengths lengths: [Int]) -> [Int] {
        var leaves: [(room: Int, places: [Int])] = []
        let rests = lengths.map(rest)
        for place in rests.indices.sorted(by: { (rests[$1], $0) < (rests[$0], $1) }) {
            let tightest = leaves.indices.filter { leaves[$0].room >= rests[place] }
                .min { leaves[$0].room < leaves[$1].room }
            guard let tightest else {
                leaves.append((usable - Self.leafHead - rests[place], [place]))
                continue
            }
            leaves[tightest].room -= rests[place]
            leaves[tightest].places.append(place)
        }
        return leaves.flatMap(\.places)
    }

    /// How many bytes of a leaf a picture of so many bytes takes.
    func rest(ofLength length: Int) -> Int {
        // The record: its head, the digest, the picture.
        let payload = 3 + Self.varint(12 + 2 * length) + 32 + length
        let (most, least) = (usable - 35, (usable - 12) * 32 / 255 - 23)
        let cell = 2 + Self.varint(payload) + Self.rowNumber
        guard payload > most else { return cell + payload }
        let local = least + (payload - least) % (usable - 4)
        return cell + 4 + (local <= most ? local : least)
    }

    /// A leaf's own head.
    private static let leafHead = 8
    /// A row's number takes so many bytes up to 268,435,455.
    private static let rowNumber = 4

    private static func varint(_ value: Int) -> Int { max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7) }
}
