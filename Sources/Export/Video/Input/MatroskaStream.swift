internal import NIOCore
internal import Vocabulary

/// JPEGs with their times as a stream that ffmpeg reads from a pipe: Matroska (RFC 9559) with one track of Motion JPEG.
///
/// A bare row of JPEGs has no times, so it could only be of a constant rate. Here each picture has its own, and what
/// ffmpeg does with it follows from that alone. The stream is written forward only: the segment's length is unknown, and every
/// picture is a cluster of its own, because a block's time is counted in 16 bits from its cluster's.
struct MatroskaStream {
    /// Of most pictures; those of other sizes say so themselves.
    let size: PixelSize
    /// The unit of all times, in nanoseconds: TimestampScale.
    let unit: Int
    /// How long a picture lasts as a rule, in units.
    let frameLength: Int
    let chapters: [VideoTimeline.Chapter]

    /// What stands in the stream for the next piece of a video.
    func bytes(of piece: PictureStream.Piece) -> [UInt8] {
        switch piece {
        case .beginning(let shift, let first):
            Self.document.bytes + EBMLElement.endlessHead(Self.segment) + information().bytes + track(first).bytes
                + (chapterList(shift)?.bytes ?? [])
        case .picture(let picture, let time, let length):
            clusterHead(time: time, length: length, pictureBytes: picture.readableBytes) + picture.readableBytesView
        }
    }

    /// What all of Matroska begins with.
    static let document = EBMLElement(
        0x1A45_DFA3,
        [
            EBMLElement(0x4286, 1), EBMLElement(0x42F7, 1), EBMLElement(0x42F2, 4), EBMLElement(0x42F3, 8),
            EBMLElement(0x4282, "matroska"), EBMLElement(0x4287, 4), EBMLElement(0x4285, 2),
        ])
    /// The identifier of what holds everything else.
    static let segment: UInt32 = 0x1853_8067

    /// - Parameter more: what else is known about the whole.
    func information(_ more: [EBMLElement] = []) -> EBMLElement {
        EBMLElement(
            0x1549_A966,
            [EBMLElement(0x2AD7B1, unit), EBMLElement(0x4D80, "Printlapse"), EBMLElement(0x5741, "Printlapse")] + more)
    }

    /// The list of tracks, in which the pictures' is the only one.
    ///
    /// The first picture's size stands in it where that is much lower than most: ffmpeg takes a first picture of less than
    /// three quarters of the height that is told here for one half of an interlaced one (`ff_mjpeg_decode_sof`).
    func track(_ first: ByteBuffer) -> EBMLElement {
        let firstSize = PictureOutline(of: first).size
        let size = firstSize.height > 0 && firstSize.height * 4 < self.size.height * 3 ? firstSize : self.size
        let picture = EBMLElement(0xE0, [EBMLElement(0xB0, size.width), EBMLElement(0xBA, size.height)])
        let entry = EBMLElement(
            0xAE,
            [
                EBMLElement(0xD7, 1), EBMLElement(0x73C5, 1), EBMLElement(0x83, 1), EBMLElement(0x9C, 0),
                EBMLElement(0x22B59C, "und"), EBMLElement(0x86, "V_MJPEG"), EBMLElement(0x23E383, frameLength * unit),
                picture,
            ])
        return EBMLElement(0x1654_AE6B, [entry])
    }

    /// What stands before a picture's bytes, which end the cluster.
    ///
    /// - Parameters:
    ///   - time: from the video's beginning, in units.
    ///   - length: how long it lasts, in units; `nil` for as long as the rule says.
    func clusterHead(time: Int, length: Int? = nil, pictureBytes count: Int) -> [UInt8] {
        // Track 1, no time after the cluster's, and in a simple block the mark of a key frame (RFC 9559, 10.2 and 10.3).
        let start: [UInt8] = [0x81, 0, 0, length == nil ? 0x80 : 0]
        let time = EBMLElement(0xE7, time).bytes
        let duration = length.map { EBMLElement(0x9B, $0).bytes } ?? []
        let block = EBMLElement.head(length == nil ? 0xA3 : 0xA1, count: start.count + count)
        let group = length == nil ? [] : EBMLElement.head(0xA0, count: duration.count + block.count + 4 + count)
        let parts = time + group + duration + block + start
        return EBMLElement.head(0x1F43_B675, count: parts.count + count) + parts
    }

    /// Chapters, in nanoseconds; those that would begin before the video are left to the one that begins it.
    ///
    /// - Parameter shift: by how many microseconds they begin earlier, because the video begins with a later frame.
    /// - Returns: `nil` where there are none.
    func chapterList(_ shift: Int64) -> EBMLElement? {
        let shifted = chapters.map { VideoTimeline.Chapter(title: $0.title, start: max(0, $0.start - shift)) }
        let lasting = shifted.enumerated().filter { place, chapter in
            place + 1 == shifted.count || shifted[place + 1].start > chapter.start
        }
        guard !lasting.isEmpty else { return nil }
        let atoms = lasting.map { place, chapter in
            EBMLElement(
                0xB6,
                [
                    EBMLElement(0x73C4, place + 1), EBMLElement(0x91, Int(chapter.start) * 1000),
                    EBMLElement(0x80, [EBMLElement(0x85, chapter.title), EBMLElement(0x437C, "und")]),
                ])
        }
        return EBMLElement(0x1043_A770, [EBMLElement(0x45B9, atoms)])
    }
}
