internal import Catalog
internal import Vocabulary

/// One output of an export, as it is asked for: nothing is decided yet but that it can be made and has a name that is free.
struct ExportJob: Sendable {
    let request: ExportRequest
    let format: ExportFormat
    /// `nil` for standard output, and where nothing is to be written.
    var target: OutputTarget?
    /// Of a JPEG beside a video.
    var poster: OutputTarget?

    /// - Throws: where nothing has the output's ending, and for options that this format has no use for.
    init(_ request: ExportRequest) throws(ExportError) {
        (self.request, format) = (request, try request.checkedFormat())
    }

    var needsFFmpeg: Bool { format.isVideo && !isOurs || poster != nil }

    /// Whether it is one camera's output of a request that is for all cameras.
    func isOfOneCamera(among request: ExportRequest) -> Bool {
        request.frames.camera == nil && self.request.frames.camera != nil
    }

    /// Whether it is a video that we write ourselves.
    var isOurs: Bool { format == .mkv && request.video.isLossless }
}

extension [ExportJob] {
    /// What is to be written, each to a target of its own.
    ///
    /// - Throws: for what ``OutputTarget`` refuses, and ``ExportError/outputTwice(_:)``
    init(writing requests: [ExportRequest]) throws(ExportError) {
        self = []
        for request in requests {
            var job = try ExportJob(request)
            let (output, format) = (request.output, job.format)
            if output != ExportRequest.standardOutput {
                let kind = format == .folder ? OutputTarget.Kind.folder : .file
                let target = try OutputTarget(output, kind: kind, replaces: request.force)
                let others = flatMap { [$0.target, $0.poster] }.compactMap { $0 }
                if others.contains(where: target.isSame) { throw .outputTwice(output) }
                job.target = target
            } else if requests.count > 1 {
                throw .notStreamed(format)
            }
            if request.video.hasPoster, format.isVideo {
                let path = VideoPoster.path(beside: output, format)
                let poster = try OutputTarget(path, kind: .file, replaces: request.force)
                // One for print.mp4 and print.webm.
                if !contains(where: { $0.poster.map(poster.isSame) == true }) { job.poster = poster }
                if contains(where: { $0.target.map(poster.isSame) == true }) { throw .outputTwice(path) }
            }
            append(job)
        }
    }
}
