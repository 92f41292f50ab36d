internal import Vocabulary

extension VideoPlan {
    /// What becomes of this plan in a format with settings: the picture's size, and how many frames an animation shows.
    ///
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where there is nothing to crop.
    func adapted(to format: ExportFormat, _ settings: VideoSettings) throws(ExportError) -> VideoPlan {
        let source = source
        guard !settings.isLossless else {
            var plan = resized(to: source.size)
            plan.timeline = timeline.withoutRepeats
            return plan
        }
        var (plan, settings) = (self, settings)
        if sideBySide != nil { settings.looks.clearShape() }
        let chain = try FilterChain(source, settings, for: format, rate: timeline.rate)
        plan.size = chain.size
        if case .playable? = settings.usualScale(for: format, rate: timeline.rate) {
            let whole = try FilterChain(source, settings.looks).size
            if whole != chain.size { plan.reducedFrom = whole }
        }
        plan.timeline = timeline.withoutRepeats
        // No animation has frames that are shorter: GIF counts hundredths of a second, and browsers slow such ones down.
        if format.isAnimation { plan.timeline = plan.timeline.limited(to: .fastestOfAnimations) }
        return plan
    }

    /// With another size.
    func resized(to size: PixelSize?) -> VideoPlan {
        var plan = self
        if let size { plan.size = size }
        return plan
    }

    /// The pictures that it is made of.
    var source: FilterChain.Source {
        let sizes = timeline.frames.sizes
        return FilterChain.Source(
            size: sizes.mostFrequent ?? PixelSize(width: 2, height: 2), isMixed: sizes.count > 1)
    }
}

extension FilterChain {
    /// An animation is small and H.264 plays everywhere, unless they are told how large to be.
    init(
        _ source: Source, _ settings: VideoSettings, for format: ExportFormat, rate: FrameRate
    ) throws(ExportError) {
        try self.init(source, settings.looks, orScale: settings.usualScale(for: format, rate: rate))
    }
}

extension VideoSettings {
    /// How large a video becomes that is not told how large to be.
    fileprivate func usualScale(for format: ExportFormat, rate: FrameRate) -> VideoScale? {
        guard looks.scale == nil else { return nil }
        if format.isAnimation { return .width(atMost: 480) }
        let isH264 = codec.map { $0 == .h264 } ?? (format.codecs.first == .h264 && encoder?.contains("264") ?? true)
        return isH264 ? .playable(milliframesPerSecond: Int((rate.framesPerSecond * 1000).rounded(.up))) : nil
    }
}

extension FrameRate {
    static let fastestOfAnimations = FrameRate(50, per: 1)
}
