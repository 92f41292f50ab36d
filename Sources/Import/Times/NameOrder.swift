/// Brings a folder's pictures into the natural order of their names.
///
/// Most tools number their pictures, and most folders and ZIPs list them in order: then nothing is kept. Otherwise the names'
/// bytes are, in one piece, for there may be millions.
struct NameOrder {
    /// Places in the list of pictures, in the order of the names.
    let order: [Int]

    /// - Parameter name: of the picture at a place; asked for twice at most.
    init(_ places: [Int], name: (Int) -> ArraySlice<UInt8>) {
        var isInOrder = true
        var last: ArraySlice<UInt8> = []
        for place in places where isInOrder {
            let next = name(place)
            isInOrder = !NaturalOrder.precedes(next, last)
            last = next
        }
        guard !isInOrder else {
            order = places
            return
        }
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for place in places {
            bytes += name(place)
            ends.append(bytes.count)
        }
        func kept(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }
        order = ends.indices.sorted { NaturalOrder.precedes(kept($0), kept($1)) }.map { places[$0] }
    }
}
