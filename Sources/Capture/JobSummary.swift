package import Vocabulary

/// What a job came to, as a whole and camera by camera.
package struct JobSummary: Sendable {
    package internal(set) var total: CaptureSummary
    package internal(set) var cameras: [CameraName: CaptureSummary] = [:]
}
