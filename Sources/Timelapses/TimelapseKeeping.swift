package import Archive
package import Vocabulary

/// How many of a rule's timelapses stay. Pinned ones do, whatever it says, and count for nothing but the size.
package struct TimelapseKeeping: Hashable, Sendable {
    /// The newest of each camera.
    package var count: Int?
    package var age: Duration?
    /// Of all of the rule's together.
    package var size: ByteCount?

    package init(count: Int? = nil, age: Duration? = nil, size: ByteCount? = nil) {
        (self.count, self.age, self.size) = (count, age, size)
    }

    /// Those that go, the oldest first. The newest of a camera stays, however old or large it is.
    ///
    /// - Parameter made: all of one rule that are there.
    package func removals(among made: [ArchivedTimelapse], at now: Timestamp) -> [ArchivedTimelapse] {
        let ordered = made.sorted { ($0.until, $0.id) < ($1.until, $1.id) }
        var newest: [CameraName: Int64] = [:]
        for timelapse in ordered { newest[timelapse.camera] = timelapse.id }
        let removable = ordered.filter { !$0.isPinned && newest[$0.camera] != $0.id }
        var gone: Set<Int64> = []
        if let count {
            for (_, ofCamera) in Dictionary(grouping: ordered.filter { !$0.isPinned }, by: \.camera) {
                gone.formUnion(ofCamera.dropLast(max(1, count)).map(\.id))
            }
        }
        if let age { gone.formUnion(removable.filter { now - $0.until > age }.map(\.id)) }
        if let size {
            var total = ordered.filter { !gone.contains($0.id) }.reduce(0) { $0 + ($1.bytes?.bytes ?? 0) }
            for timelapse in removable where !gone.contains(timelapse.id) && total > size.bytes {
                total -= timelapse.bytes?.bytes ?? 0
                gone.insert(timelapse.id)
            }
        }
        return removable.filter { gone.contains($0.id) }
    }
}
