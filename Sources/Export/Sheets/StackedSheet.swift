internal import Archive
internal import Synchronization
internal import Vocabulary

/// All frames laid over each other.
struct StackedSheet<Stack: LightStack>: FrameDestination {
    let subject: SheetSubject
    let shape: PictureShape
    /// The size that most frames have. Frames of other sizes are left out.
    let picture: PixelSize
    let kind = OutputTarget.Kind.file

    /// A larger picture is decoded smaller, because every core keeps a stack of its size.
    private static var mostPixels: Int { 12_000_000 }

    func leastBytes(of frames: [ExportCandidate]) -> ByteCount {
        SheetStyle.leastBytes(of: picture.scaled(eighths: eighths).area)
    }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let (size, eighths, shape) = (picture, eighths, shape)
        let stacks = StackPool<Stack>(size: size.scaled(eighths: eighths))
        try await feed.forEachPicture(
            transformedBy: { picture throws(PictureRefusal) in
                guard try picture.size(shapedBy: shape) == size else {
                    throw PictureRefusal(reason: "its size is \(picture.size), and that of most others \(size)")
                }
                let decoded = try picture.decoded(eighths: eighths, shapedBy: shape)
                    .scaled(to: size.scaled(eighths: eighths))
                stacks.add(decoded)
            },
            { _, _ in progress(feed.progress()) })
        let count = feed.tally.delivered
        let sheet = FramedSheet(image: stacks.all.picture, subject: subject, shown: count)
        return try sheet.write(into: partial, frames: count)
    }

    private var eighths: Int {
        (1...8).last { picture.scaled(eighths: $0).area <= Self.mostPixels } ?? 1
    }
}

/// As many stacks as pictures are added at once.
private final class StackPool<Stack: LightStack>: Sendable {
    private let size: PixelSize
    private let idle = Mutex<[Stack]>([])

    init(size: PixelSize) { self.size = size }

    func add(_ picture: RGBPicture) {
        var stack = idle.withLock { $0.popLast() } ?? Stack(size: size)
        stack.add(picture)
        idle.withLock { [stack] in $0.append(stack) }
    }

    /// The pictures of all stacks, once all were added.
    var all: Stack {
        idle.withLock { stacks in
            var all = stacks.popLast() ?? Stack(size: size)
            for stack in stacks { all.add(stack) }
            return all
        }
    }
}
