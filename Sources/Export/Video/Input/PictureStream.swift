internal import NIOCore

/// Makes a video of pictures, each at its time and for its length.
///
/// How long a picture lasts is known when the next readable one comes, so one picture is always held back: a frame that
/// cannot be read leaves its time to the one before it. The video begins with the first that can be read.
struct PictureStream {
    /// What fills the time of a picture that lasts longer than a frame.
    enum Filling {
        /// The picture once more for each frame: the rate is constant, and every player is right.
        case repeats
        /// Nothing; but the last picture is repeated at its end, because many containers do not keep the last one's
        /// length.
        case repeatAtEnd
        /// Nothing: the block says how long it lasts.
        case length
    }

    /// What comes next in a video.
    enum Piece {
        /// It begins so many microseconds later than the timeline, with this picture.
        case beginning(Int64, first: ByteBuffer)
        /// A picture at a time from the beginning, in units; a length is given where it is not as usual.
        case picture(ByteBuffer, time: Int, length: Int?)
    }

    let schedule: FrameSchedule
    let filling: Filling
    /// How many pictures stand in the video so far.
    private(set) var count = 0
    private var held: (picture: ByteBuffer, start: Int)?
    /// When the first readable frame begins.
    private var beginning: Int?

    init(_ schedule: FrameSchedule, filling: Filling) { (self.schedule, self.filling) = (schedule, filling) }

    /// Takes the picture of a frame, and gives to `write` what is complete with it.
    ///
    /// - Parameter place: the frame's in the timeline, from 0.
    mutating func append(
        _ picture: ByteBuffer, place: Int, _ write: (Piece) async throws -> Void
    ) async throws {
        let start = schedule.starts[place]
        if let held {
            try await put(held.picture, from: held.start, until: start, write)
        } else {
            beginning = start
            try await write(.beginning(schedule.microseconds(start), first: picture))
        }
        held = (picture, start)
    }

    /// Gives the last picture to `write`.
    mutating func finish(_ write: (Piece) async throws -> Void) async throws {
        guard let held else { return }
        try await put(held.picture, from: held.start, until: schedule.end, write)
        let closing = schedule.end - schedule.frameLength
        guard filling == .repeatAtEnd, closing > held.start else { return }
        try await put(held.picture, at: closing, write)
    }

    private mutating func put(
        _ picture: ByteBuffer, from start: Int, until end: Int, _ write: (Piece) async throws -> Void
    ) async throws {
        switch filling {
        case .repeats: for time in start..<max(end, start + 1) { try await put(picture, at: time, write) }
        case .repeatAtEnd: try await put(picture, at: start, write)
        case .length: try await put(picture, at: start, length: end - start, write)
        }
    }

    private mutating func put(
        _ picture: ByteBuffer, at time: Int, length: Int? = nil, _ write: (Piece) async throws -> Void
    ) async throws {
        try await write(.picture(picture, time: time - (beginning ?? 0), length: length))
        count += 1
    }
}
