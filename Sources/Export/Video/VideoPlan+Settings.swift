internal import Vocabulary

extension VideoPlan {
    /// What becomes of this plan in a format with settings: the picture's size, and how many frames an animation shows.
    ///
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where there is nothing to crop.
    func adapted(to format: ExportFormat, _ settings: VideoSettings) throws(ExportError) -> VideoPlan {
        let source = source
        guard !settings.isLossless else { return VideoPlan(timeline: timeline.withoutRepeats, size: source.size) }
        let chain = try FilterChain(source, settings.looks, for: format)
        let isLimited = format.isAnimation && !settings.hasOwnRate
        let timeline = timeline.withoutRepeats
        return VideoPlan(timeline: isLimited ? timeline.limited(to: .ofAnimations) : timeline, size: chain.size)
    }

    /// With another size.
    func resized(to size: PixelSize?) -> VideoPlan { VideoPlan(timeline: timeline, size: size ?? self.size) }

    /// The pictures that it is made of.
    var source: FilterChain.Source {
        let sizes = timeline.frames.sizes
        return FilterChain.Source(
            size: sizes.mostFrequent ?? PixelSize(width: 2, height: 2), isMixed: sizes.count > 1)
    }

    private init(timeline: VideoTimeline, size: PixelSize) { (self.timeline, self.size) = (timeline, size) }
}

extension FilterChain {
    /// An animation is small unless it is told how large to be.
    init(_ source: Source, _ looks: VideoLooks, for format: ExportFormat) throws(ExportError) {
        try self.init(source, looks, orScale: format.isAnimation ? .width(atMost: 480) : nil)
    }
}

extension FrameRate {
    /// As many frames as animations show a second, unless they are told how many.
    static let ofAnimations = FrameRate(15, per: 1)
}
