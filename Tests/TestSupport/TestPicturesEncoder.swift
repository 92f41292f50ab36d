internal import CTurboJPEG
internal import Glibc
internal import Vocabulary

/// The ways in which tests encode a scene.
package struct TestEncoding: Sendable, CustomStringConvertible {
    package enum Colour: Sendable {
        case grey, yCbCr, rgb, cmyk, ycck
    }

    package var colour: Colour
    /// Horizontal and vertical sampling of the first component; the others have 1 × 1.
    package var sampling: (horizontal: Int, vertical: Int)
    package var quality: Int
    package var isProgressive = false
    package var isArithmetic = false
    /// Each component in a scan of its own.
    package var isInterleaved = true
    /// Minimum coded units between restart markers; 0 is none.
    package var restartInterval = 0

    package init(
        _ colour: Colour = .yCbCr, sampling: (Int, Int) = (2, 2), quality: Int = 80,
        _ change: (inout TestEncoding) -> Void = { _ in }
    ) {
        (self.colour, self.sampling, self.quality) = (colour, sampling, quality)
        change(&self)
    }

    package static let baseline = TestEncoding()
    package static let grey = TestEncoding(.grey)
    package static let progressive = TestEncoding { $0.isProgressive = true }
    package static let arithmetic = TestEncoding { $0.isArithmetic = true }
    package static let progressiveArithmetic = TestEncoding {
        $0.isArithmetic = true
        $0.isProgressive = true
    }
    package static let restarting = TestEncoding { $0.restartInterval = 2 }
    package static let separateScans = TestEncoding { $0.isInterleaved = false }

    package var description: String {
        let flags = [
            isProgressive ? "progressive" : "sequential", isArithmetic ? "arithmetic" : "Huffman",
            isInterleaved ? nil : "a scan a component", restartInterval > 0 ? "restart every \(restartInterval)" : nil,
        ].compactMap { $0 }
        return "\(colour) \(sampling.horizontal)x\(sampling.vertical), " + flags.joined(separator: ", ")
    }

    /// Encodes a scene by libjpeg, which ends the process where a setting is impossible.
    package func encode(_ scene: TestScene) -> TestJPEG {
        let errors = UnsafeMutablePointer<jpeg_error_mgr>.allocate(capacity: 1)
        let jpeg = UnsafeMutablePointer<jpeg_compress_struct>.allocate(capacity: 1)
        jpeg.initialize(to: jpeg_compress_struct())
        defer {
            jpeg_destroy_compress(jpeg)
            jpeg.deallocate()
            errors.deallocate()
        }
        jpeg.pointee.err = jpeg_std_error(errors)
        jpeg_CreateCompress(jpeg, JPEG_LIB_VERSION, MemoryLayout<jpeg_compress_struct>.size)
        var output: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        jpeg_mem_dest(jpeg, &output, &count)
        defer { free(output) }
        configure(jpeg, for: scene.size)

        let channels = Int(jpeg.pointee.input_components)
        var pixels = scene.pixels(channels: channels)
        let separate = jpeg.pointee.num_components
        var script = (0..<separate).map { component in
            jpeg_scan_info(comps_in_scan: 1, component_index: (component, 0, 0, 0), Ss: 0, Se: 63, Ah: 0, Al: 0)
        }
        script.withUnsafeMutableBufferPointer { script in
            if !isInterleaved {
                jpeg.pointee.scan_info = UnsafePointer(script.baseAddress)
                jpeg.pointee.num_scans = separate
            }
            jpeg_start_compress(jpeg, 1)
            pixels.withUnsafeMutableBufferPointer { pixels in
                for y in 0..<scene.size.height {
                    var row = pixels.baseAddress.map { $0 + y * scene.size.width * channels }
                    jpeg_write_scanlines(jpeg, &row, 1)
                }
            }
            jpeg_finish_compress(jpeg)
        }
        return TestJPEG(Array(UnsafeBufferPointer(start: output, count: Int(count))))
    }

    private func configure(_ jpeg: UnsafeMutablePointer<jpeg_compress_struct>, for size: PixelSize) {
        jpeg.pointee.image_width = UInt32(size.width)
        jpeg.pointee.image_height = UInt32(size.height)
        let (channels, input, output): (Int32, J_COLOR_SPACE, J_COLOR_SPACE) =
            switch colour {
            case .grey: (1, JCS_GRAYSCALE, JCS_GRAYSCALE)
            case .yCbCr: (3, JCS_RGB, JCS_YCbCr)
            case .rgb: (3, JCS_RGB, JCS_RGB)
            case .cmyk: (4, JCS_CMYK, JCS_CMYK)
            case .ycck: (4, JCS_CMYK, JCS_YCCK)
            }
        jpeg.pointee.input_components = channels
        jpeg.pointee.in_color_space = input
        jpeg_set_defaults(jpeg)
        jpeg_set_colorspace(jpeg, output)
        jpeg_set_quality(jpeg, Int32(quality), 1)
        jpeg.pointee.comp_info[0].h_samp_factor = Int32(colour == .grey ? 1 : sampling.horizontal)
        jpeg.pointee.comp_info[0].v_samp_factor = Int32(colour == .grey ? 1 : sampling.vertical)
        jpeg.pointee.arith_code = isArithmetic ? 1 : 0
        jpeg.pointee.restart_interval = UInt32(restartInterval)
        if isProgressive { jpeg_simple_progression(jpeg) }
    }
}
