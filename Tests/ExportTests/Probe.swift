import Foundation
import Testing

/// What ffprobe says about a video, frames counted.
struct Probe {
    let stream: [String: String]
    let format: [String: String]

    init(_ path: String) throws {
        func section(_ option: String) throws -> [String: String] {
            let tool = try Tool.run("ffprobe", ["-v", "error", "-count_frames", option, "file:" + path])
            #expect(tool.status == 0, "\(tool.errors)")
            let pairs = tool.text.split(separator: "\n").compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
            return Dictionary(pairs) { first, _ in first }
        }
        stream = try section("-show_streams")
        format = try section("-show_format")
    }
}

/// One frame of a video as a player shows it.
struct Pixels {
    typealias Colour = (red: Int, green: Int, blue: Int)

    private let bytes: [UInt8]
    private let width: Int

    init(_ path: String, frame: Int, width: Int, height: Int) throws {
        let filter =
            "select=eq(n\\,\(frame)),scale=in_color_matrix=auto:in_range=auto:flags=accurate_rnd+full_chroma_int"
        let tool = try Tool.run(
            "ffmpeg",
            [
                "-v", "error", "-i", "file:" + path, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt",
                "rgb24", "-",
            ])
        #expect(tool.output.count == width * height * 3, "\(tool.errors)")
        (bytes, self.width) = ([UInt8](tool.output), width)
    }

    subscript(x: Int, y: Int) -> PixelColour {
        let start = (y * width + x) * 3
        return PixelColour(red: Int(bytes[start]), green: Int(bytes[start + 1]), blue: Int(bytes[start + 2]))
    }
}

struct PixelColour {
    let red, green, blue: Int

    func isNear(_ other: (Int, Int, Int), by most: Int) -> Bool {
        abs(red - other.0) <= most && abs(green - other.1) <= most && abs(blue - other.2) <= most
    }
}
