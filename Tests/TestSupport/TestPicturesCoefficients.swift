internal import CTurboJPEG
internal import Glibc

extension TestJPEG {
    /// This picture, its coefficients coded anew, with one of them larger by one.
    ///
    /// - Parameters:
    ///   - block: its column and row among the blocks of the component.
    ///   - index: 0 for the block's mean, up to 63.
    package func withCoefficientChanged(
        component: Int = 0, block: (x: Int, y: Int) = (0, 0), index: Int = 0
    ) -> TestJPEG {
        var (from, to) = (jpeg_decompress_struct(), jpeg_compress_struct())
        var errors = jpeg_error_mgr()
        return withUnsafeMutablePointer(to: &errors) { errors in
            from.err = jpeg_std_error(errors)
            to.err = from.err
            jpeg_CreateDecompress(&from, JPEG_LIB_VERSION, MemoryLayout<jpeg_decompress_struct>.size)
            jpeg_CreateCompress(&to, JPEG_LIB_VERSION, MemoryLayout<jpeg_compress_struct>.size)
            defer {
                jpeg_destroy_compress(&to)
                jpeg_destroy_decompress(&from)
            }
            return bytes.withUnsafeBufferPointer { bytes in
                jpeg_mem_src(&from, bytes.baseAddress, UInt(bytes.count))
                jpeg_read_header(&from, 1)
                let coefficients = jpeg_read_coefficients(&from)
                Self.change(&from, coefficients?[component], block, index)
                var output: UnsafeMutablePointer<UInt8>?
                var count: UInt = 0
                jpeg_mem_dest(&to, &output, &count)
                defer { free(output) }
                jpeg_copy_critical_parameters(&from, &to)
                jpeg_write_coefficients(&to, coefficients)
                jpeg_finish_compress(&to)
                return TestJPEG(Array(UnsafeBufferPointer(start: output, count: Int(count))))
            }
        }
    }

    private static func change(
        _ from: inout jpeg_decompress_struct, _ array: jvirt_barray_ptr?, _ block: (x: Int, y: Int), _ index: Int
    ) {
        let access = from.mem.pointee.access_virt_barray
        withUnsafeMutablePointer(to: &from) { from in
            let common = UnsafeMutableRawPointer(from).assumingMemoryBound(to: jpeg_common_struct.self)
            guard let row = access?(common, array, UInt32(block.y), 1, 1)?[0] else { return }
            UnsafeMutableRawPointer(row + block.x).assumingMemoryBound(to: Int16.self)[index] += 1
        }
    }
}
