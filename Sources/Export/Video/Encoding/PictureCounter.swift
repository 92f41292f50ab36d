internal import Synchronization

/// How many pictures ffmpeg was given for how many frames; a frame that is shown for longer may be several.
final class PictureCounter: Sendable {
    private let state = Mutex((pictures: 0, frames: 0))

    var pictures: Int { state.withLock { $0.pictures } }

    func count(pictures: Int, frames: Int) { state.withLock { $0 = (pictures, frames) } }

    /// About how many frames so many encoded pictures show.
    func frames(shownIn encoded: Int) -> Int {
        state.withLock { state in
            state.pictures <= state.frames ? min(encoded, state.frames) : encoded * state.frames / state.pictures
        }
    }
}
