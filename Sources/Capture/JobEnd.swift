/// When a job ends by itself; each count is for each camera. With none of them it runs until it is told to stop.
package struct JobEnd: Hashable, Sendable {
    package var slots: Int?
    package var frames: Int?
    package var duration: Duration?

    package init(slots: Int? = nil, frames: Int? = nil, duration: Duration? = nil) {
        (self.slots, self.frames, self.duration) = (slots, frames, duration)
    }

    /// Whether the job has an end of its own.
    package var isBounded: Bool { slots != nil || frames != nil || duration != nil }
}
