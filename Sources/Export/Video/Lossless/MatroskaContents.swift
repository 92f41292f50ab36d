/// Where the parts of a Matroska file stand (SeekHead; RFC 9559, 5.1.1).
struct MatroskaContents {
    /// By identifier, from the beginning of the segment's contents.
    private var places: [UInt32: UInt64] = [:]

    /// The identifier of the pictures' index.
    static let cues: UInt32 = 0x1C53_BB6B
    /// Information, tracks, chapters, tags and the pictures' index.
    private static let parts: [UInt32] = [0x1549_A966, 0x1654_AE6B, 0x1043_A770, 0x1254_C367, cues]

    mutating func record(_ part: UInt32, at place: Int64) { places[part] = UInt64(place) }

    /// As large as ever, whatever is known: a part that is not there leaves its room void.
    var element: EBMLElement {
        EBMLElement(
            0x114D_9B74,
            Self.parts.map { part in
                let identifier = (0..<4).map { UInt8(truncatingIfNeeded: part >> (24 - 8 * $0)) }
                guard let place = places[part] else {
                    return EBMLElement(0xEC, [UInt8](repeating: 0, count: Self.void))
                }
                return EBMLElement(0x4DBB, [EBMLElement(0x53AB, identifier), EBMLElement(0x53AC, wide: place)])
            })
    }

    /// The content of a void as large as an entry: the two elements in one, with their heads, and the byte by which a void's
    /// identifier is shorter.
    private static let void = (10 + 4) + (10 + 8) + 1
}
