internal import Archive

extension FrameFeed {
    /// Reads every picture once before the video is made, on all cores, where texts or light depend on which frames can
    /// be read and how they look.
    ///
    /// - Parameter isMetered: whether the light is measured, at an eighth of the size.
    func readings(isMetered: Bool, report: @escaping () -> Void) async throws(ExportError) -> [FrameReading] {
        var readings: [FrameReading] = []
        let read: @Sendable (Picture) throws(PictureRefusal) -> (Int, Double?) = { picture throws(PictureRefusal) in
            return (picture.number - 1, isMetered ? try picture.decoded(eighths: 1).meanLight : nil)
        }
        try await forEachPicture(transformedBy: read) { frame, product in
            let (place, light): (Int, Double?) = product
            readings.append(
                FrameReading(place: place, capturedAt: frame.capturedAt, progress: frame.progress, light: light))
            report()
        }
        return readings
    }
}
